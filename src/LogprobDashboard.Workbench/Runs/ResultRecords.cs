namespace LogprobDashboard.Workbench.Runs;

/// <summary>One sample of a run. <see cref="Score"/> is the log odds of the experiment's positive label; numbers are null unless the sample was scored.</summary>
public sealed record ResultRecord(
    int Index,
    string? Label,
    string? Predicted,
    double? Score,
    double? Entropy,
    double? Margin,
    double? TokenEntropy,
    double? TokenMargin,
    double? Coverage,
    double? OffLabelMass,
    double? UnseenMass,
    int DroppedLogprobs,
    bool Censored,
    ResultStatus Status,
    string? Reason,
    string? Problem,
    IReadOnlyDictionary<string, double> Probabilities,
    IReadOnlyList<TopToken> TopLogprobs,
    string? AnswerText,
    bool AnswerMismatch,
    string? FinishReason,
    string? ServedModel,
    double LatencyMs,
    bool Cached);
