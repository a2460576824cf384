namespace LogprobDashboard.Workbench.Runs;

/// <summary>What to run. Nothing given: every variant, every sample, the experiment's endpoint.</summary>
public sealed record RunInput(
    IReadOnlyList<string>? VariantIds = null,
    string? EndpointId = null,
    IReadOnlyList<string>? Sources = null,
    int? Limit = null,
    long? SampleSeed = null,
    bool UseCache = true);

/// <summary>A run and how far it is. Variant, endpoint and host are null where its log probs were recorded elsewhere. <see cref="Completed"/> counts samples with an answer, <see cref="Failed"/> those without.</summary>
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
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Problem);

public sealed record RunList(IReadOnlyList<RunRecord> Runs);
