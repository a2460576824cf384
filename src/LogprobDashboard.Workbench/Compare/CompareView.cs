namespace LogprobDashboard.Workbench.Compare;

/// <summary>
/// What a compare page asks for. Empty <paramref name="RunIds"/>: the latest completed run of each variant, at most eight. A <paramref name="Threshold"/> (log odds)
/// is the operating point of every run in the place of what the rule picks for each.
/// </summary>
public sealed record CompareRequest(IReadOnlyList<string> RunIds, string? Positive = null, string? Rule = null, int MaxPoints = 400, double? Threshold = null)
{
    /// <summary>Curves with every point.</summary>
    public const int AllPoints = int.MaxValue;

    /// <summary>Runs with a threshold of their own, in log odds, before the rule and the common threshold.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>();

    public PointJudging Judging { get; init; }

    /// <summary>The share of the samples that is held out to judge on, within 0 and 1.</summary>
    public double Holdout { get; init; } = 0.5;

    /// <summary>Of the bootstrap, the folds and the holdout.</summary>
    public long Seed { get; init; }

    public SampleScope Scope { get; init; } = SampleScope.All;
}

/// <summary>Which samples an operating point that a rule chose is judged on.</summary>
public enum PointJudging
{
    /// <summary>Those that chose it: a little optimistic.</summary>
    Same,

    /// <summary>A part, stratified, that was held out while it was chosen.</summary>
    Holdout,

    /// <summary>Each of five folds at the threshold that the others chose, all counts summed.</summary>
    Folds,
}

/// <summary>Everything that a compare page shows, of one experiment, one positive label and one rule, or one threshold; then <paramref name="Rule"/> is null.</summary>
public sealed record CompareView(
    string ExperimentId,
    string ExperimentName,
    string DatasetName,
    int SampleCount,
    IReadOnlyList<string> Labels,
    string PositiveLabel,
    int PositiveCount,
    string EndpointSummary,
    string? Rule,
    IReadOnlyList<RunChoice> Choices,
    IReadOnlyList<ComparedRun> Runs)
{
    /// <summary>What it answers: it may name labels, slices and runs that are not there. Null where nobody asked.</summary>
    public CompareRequest? Asked { get; init; }

    /// <summary>What all figures are about.</summary>
    public SampleScope Scope { get; init; } = SampleScope.All;

    /// <summary>The dataset's sources, as many as can be chosen from; none where it has no such column.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What <see cref="ComparedRun.Validated"/> is.</summary>
    public PointJudging Judging { get; init; }

    /// <summary>The share that was held out where that is how points are judged.</summary>
    public double Holdout { get; init; } = 0.5;

    public long Seed { get; init; }
}

/// <summary>A run of the experiment, whether or not it is among those compared; <paramref name="Done"/> of its <paramref name="Total"/> samples were answered or failed.</summary>
public sealed record RunChoice(string RunId, string Name, string Status, bool Selected, int Done = 0, int Total = 0)
{
    /// <summary>More answers are to come.</summary>
    public bool IsUnderWay => Status is "queued" or "running";
}

/// <summary>
/// One run's figures. <c>AveragePrecisionBound…</c> is the range that censoring allows. <paramref name="Scored"/> and <paramref name="Unscorable"/> count the judged samples, those with a true label of the set; <paramref name="LeftOut"/> the answered
/// ones without. <paramref name="SampleSelection"/> says which samples the run is about where it is not all of them. <paramref name="Curve"/> ascends in recall and is thinned without moving its shape.
/// <paramref name="Confusion"/> is that of the predicted labels; null where nothing was judged. <paramref name="AllLabels"/> is null with two labels. <paramref name="CalibrationError"/> is the ECE.
/// <paramref name="EndpointHost"/> is null where the log probs were recorded elsewhere.
/// </summary>
public sealed record ComparedRun(
    string RunId,
    string Name,
    string VariantName,
    int? VariantVersion,
    string Model,
    string Status,
    int Scored,
    int Unscorable,
    int Failed,
    int Censored,
    int Positives,
    int LeftOut,
    double? AveragePrecision,
    double? AveragePrecisionBoundLow,
    double? AveragePrecisionBoundHigh,
    double? RocAuc,
    double? MacroAveragePrecision,
    double? Coverage,
    PointFigures? Argmax,
    PointFigures? Chosen,
    string? RuleProblem,
    IReadOnlyList<CurvePoint> Curve,
    string? SampleSelection = null,
    RunConfusion? Confusion = null,
    AllLabelsFigures? AllLabels = null,
    double? CalibrationError = null,
    string? EndpointHost = null)
{
    /// <summary>The operating point as judged on samples that did not choose it; null where that was not asked for, or cannot be.</summary>
    public ValidatedPoint? Validated { get; init; }

    /// <summary>The operating point as it is shown: on samples that did not choose its threshold where that was asked for, else on all; null where there is none.</summary>
    public PointFigures? Judged => Validated is null ? Chosen : Validated.Point is { } point ? point with { Threshold = Chosen?.Threshold, Probability = Chosen?.Probability } : null;

    /// <summary>Scored samples that are not judged because their entropy is too high.</summary>
    public int Abstained { get; init; }

    /// <summary>Whether the threshold is the run's own: neither the rule's nor the common one.</summary>
    public bool HasOwnThreshold { get; init; }
}

/// <summary>
/// An operating point on samples that did not choose its threshold. <paramref name="Point"/> has the threshold that the other part chose, null over folds; <paramref name="Samples"/> were judged.
/// <paramref name="Problem"/> says why there is no point.
/// </summary>
public sealed record ValidatedPoint(PointFigures? Point, int Samples, int Folds, double? LowestThreshold, double? HighestThreshold, string? Problem = null);

/// <summary>How many samples, by true label (rows) and predicted label (columns), both in the order of <see cref="CompareView.Labels"/>; unscorable ones by true label.</summary>
public sealed record RunConfusion(IReadOnlyList<IReadOnlyList<int>> Counts, IReadOnlyList<int> Unscorable, double? Accuracy);

/// <summary>
/// Each label against the rest, and the means over labels. Average precision is over the labels that have a positive and a negative, <paramref name="LabelsLeftOut"/> names
/// the others; precision, recall and F1 are those of the predicted labels, over the labels that occur.
/// </summary>
public sealed record AllLabelsFigures(LabelAverages Macro, LabelAverages Weighted, IReadOnlyList<string> LabelsLeftOut, IReadOnlyList<LabelMetrics> PerLabel)
{
    /// <summary>Every (sample, label) pair as one case; precision, recall and F1 over all samples at once. Null where nothing is worked out.</summary>
    public LabelAverages? Micro { get; init; }
}

public sealed record LabelAverages(double? AveragePrecision, double? Precision, double? Recall, double? F1);

/// <summary>An operating point. A null threshold is none, or an infinite one. <paramref name="UnscorablePositives"/> are among the <paramref name="Unscorable"/>.</summary>
public sealed record PointFigures(
    double? Threshold,
    double? Probability,
    int TruePositives,
    int FalsePositives,
    int TrueNegatives,
    int FalseNegatives,
    int Unscorable,
    double? Precision,
    double? Recall,
    double? F1,
    double? Accuracy,
    int UnscorablePositives = 0);

/// <summary>A point of a precision-recall curve. The threshold is null where nothing is flagged, and where unscorable samples are flagged too.</summary>
public sealed record CurvePoint(double? Threshold, double Precision, double Recall);
