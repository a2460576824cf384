namespace LogprobDashboard.Workbench.Compare;

/// <summary>A figure with its confidence interval; null where not defined or not computed.</summary>
public sealed record Estimate(double? Value, double? Low, double? High);

/// <summary>What censoring allows a figure to be.</summary>
public sealed record ValueRange(double Low, double High);

public sealed record SummaryFigures(double? Mean, double? Median, double? P90, double? P99, double? Min, double? Max);

/// <summary>An operating point with every figure that follows from it; unscorable samples have columns of their own and count as wrong.</summary>
public sealed record OperatingPointFigures(
    double? Threshold,
    double? Probability,
    int TruePositives,
    int FalsePositives,
    int TrueNegatives,
    int FalseNegatives,
    int UnscorablePositives,
    int UnscorableNegatives,
    double? Precision,
    double? Recall,
    double? F1,
    double? Specificity,
    double? Accuracy,
    double? BalancedAccuracy,
    double? MatthewsCorrelation,
    double? SharePredictedPositive);

public sealed record LabelMetrics(string Label, int Support, double? Precision, double? Recall, double? F1, double? AveragePrecision, double? RocAuc);

/// <summary>
/// The figures of one run for one positive label. Counts are of samples with a true label of the set; <see cref="LeftOut"/> counts the answered ones without, <see cref="Failed"/> all that have no answer.
/// <see cref="Intervals"/> holds the confidence intervals of all figures; null where none were asked for.
/// </summary>
public sealed record RunMetrics(
    string RunId,
    string PositiveLabel,
    IReadOnlyList<string> Labels,
    string? Source,
    int Scored,
    int Unscorable,
    int Failed,
    int LeftOut,
    int Censored,
    int Positives,
    Estimate AveragePrecision,
    ValueRange? AveragePrecisionRange,
    Estimate RocAuc,
    int DistinctScores,
    double? Accuracy,
    double? MacroF1,
    double? MacroAveragePrecision,
    double? WeightedAveragePrecision,
    double? MicroAveragePrecision,
    IReadOnlyList<string> LabelsWithoutAveragePrecision,
    double? LogLoss,
    double? Brier,
    double? Ece,
    SummaryFigures Entropy,
    SummaryFigures Margin,
    SummaryFigures TokenEntropy,
    SummaryFigures TokenMargin,
    SummaryFigures Coverage,
    OperatingPointFigures Argmax,
    string? Rule,
    OperatingPointFigures? OperatingPoint,
    string? RuleProblem,
    IReadOnlyList<IReadOnlyList<int>> Confusion,
    IReadOnlyList<int> ConfusionUnscorable,
    IReadOnlyList<LabelMetrics> PerLabel,
    RunIntervals? Intervals = null);

/// <summary>Which figures: of which label against the rest, at which threshold or by which rule, of which source. Defaults: the experiment's positive label, <c>maxF1</c>, all sources.</summary>
public sealed record MetricsRequest(string? Positive = null, double? Threshold = null, string? Rule = null, string? Source = null, ResamplingRequest? Resampling = null)
{
    /// <summary>Which samples are judged; a <see cref="Source"/> is one way to say it.</summary>
    public SampleScope Scope { get; init; } = SampleScope.All;
}
