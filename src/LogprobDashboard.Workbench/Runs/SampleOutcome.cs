using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>An answer on its way into the database, shared by every sample that asked the same.</summary>
internal sealed class SharedAnswer(byte[] requestHash, ReceivedAnswer received, long storedId = 0)
{
    public byte[] RequestHash { get; } = requestHash;

    public ReceivedAnswer Received { get; } = received;

    /// <summary>Its key in the database; 0 until the writer has stored it. Only the writer sets it.</summary>
    public long StoredId { get; set; } = storedId;
}

/// <summary>What became of one sample; exactly one of answer and failure is there.</summary>
/// <param name="EstimatedPromptTokens">Our own count, for a server that sends no bill; null where it was not needed.</param>
internal sealed record SampleOutcome(long RunId, int SampleIndex, SharedAnswer? Answer, CallFailure? Failure, double LatencyMilliseconds, bool Cached, int? EstimatedPromptTokens = null)
{
    /// <summary>What this sample used up: nothing where its answer was there already. An answer without a bill counts as our estimate of the prompt and its positions.</summary>
    public (int Prompt, int Completion) TokensPaid => Cached || Answer is not { Received: var answer }
        ? (0, 0)
        : (answer.PromptTokens ?? EstimatedPromptTokens ?? 0, answer.CompletionTokens ?? answer.Positions.Count);
}
