namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// What one call leaves behind for its caller while it runs under Semantic Kernel: the wire handler, far below, finds it in the flow of the call
/// and fills it in. So log probs stay doubles and odd shapes never reach a client that would throw on them.
/// </summary>
internal sealed class CompletionExchange(CallSettings settings, string? apiKey, IReadOnlyList<PromptMessage> prompt)
{
    private static readonly AsyncLocal<CompletionExchange?> Flow = new();

    public static CompletionExchange? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public CallSettings Settings { get; } = settings;

    public string? ApiKey { get; } = apiKey;

    public IReadOnlyList<PromptMessage> Prompt { get; } = prompt;

    public ReceivedAnswer? Answer { get; set; }

    public CallFailure? Failure { get; set; }
}
