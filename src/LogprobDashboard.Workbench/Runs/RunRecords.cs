namespace LogprobDashboard.Workbench.Runs;

/// <summary>What to run. Nothing given: every variant, every sample, the experiment's endpoint, no budget.</summary>
/// <param name="MaxTokens">Tokens of prompts and answers at which each run pauses; answers from the cache take none.</param>
/// <param name="MaxCost">Money at which each run pauses, in the unit of the endpoint's prices.</param>
public sealed record RunInput(
    IReadOnlyList<string>? VariantIds = null,
    string? EndpointId = null,
    IReadOnlyList<string>? Sources = null,
    int? Limit = null,
    long? SampleSeed = null,
    bool UseCache = true,
    long? MaxTokens = null,
    double? MaxCost = null);

/// <summary>A run and how far it is. Variant, endpoint and host are null where its log probs were recorded elsewhere. <see cref="Completed"/> counts samples with an answer, <see cref="Failed"/> those without.</summary>
/// <param name="Cost">What the tokens so far come to, at the endpoint's prices as they are now; null where it has none.</param>
public sealed record RunRecord(
    string Id,
    string ExperimentId,
    string Name,
    string? VariantId,
    string? VariantName,
    int? VariantVersion,
    string? EndpointId,
    string Model,
    string? EndpointHost,
    RunStatus Status,
    int Total,
    int Completed,
    int Failed,
    int Cached,
    int Unscorable,
    int Censored,
    int AnswerMismatches,
    double? RequestsPerSecond,
    double? RemainingSeconds,
    long PromptTokens,
    long CompletionTokens,
    IReadOnlyList<string> Sources,
    int? Limit,
    long SampleSeed,
    bool UseCache,
    long? MaxTokens,
    double? MaxCost,
    double? Cost,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Problem)
{
    /// <summary>Calls that were made again after one that failed in passing.</summary>
    public int Retries { get; init; }

    /// <summary>Since when the run is in its state.</summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>While at work: how many calls the endpoint takes at once for now, over all runs that share it.</summary>
    public int? Concurrency { get; init; }

    /// <summary>While at work: how many the endpoint is set to take at once.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Until when no call begins, because the server asked for it.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
}

/// <summary>A line of a run's log.</summary>
/// <param name="Id">Counts up over all runs.</param>
/// <param name="At">When it happened.</param>
/// <param name="Status">The state that the run came into; null for a note.</param>
/// <param name="Message">What a person should know; null where the state says it all.</param>
public sealed record RunEventRecord(string Id, DateTimeOffset At, RunStatus? Status, string? Message);

public sealed record RunList(IReadOnlyList<RunRecord> Runs);
