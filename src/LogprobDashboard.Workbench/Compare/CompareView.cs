namespace LogprobDashboard.Workbench.Compare;

/// <summary>
/// What a compare page asks for. Empty <paramref name="RunIds"/>: the latest completed run of each variant, at most eight. A <paramref name="Threshold"/> (log odds)
/// is the operating point of every run in the place of what the rule picks for each.
/// </summary>
public sealed record CompareRequest(IReadOnlyList<string> RunIds, string? Positive = null, string? Rule = null, int MaxPoints = 400, double? Threshold = null)
{
    /// <summary>Curves with every point.</summary>
    public const int AllPoints = int.MaxValue;
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
    IReadOnlyList<ComparedRun> Runs);

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
    string? EndpointHost = null);

/// <summary>How many samples, by true label (rows) and predicted label (columns), both in the order of <see cref="CompareView.Labels"/>; unscorable ones by true label.</summary>
public sealed record RunConfusion(IReadOnlyList<IReadOnlyList<int>> Counts, IReadOnlyList<int> Unscorable, double? Accuracy);

/// <summary>
/// Each label against the rest, and the means over labels. Average precision is over the labels that have a positive and a negative, <paramref name="LabelsLeftOut"/> names
/// the others; precision, recall and F1 are those of the predicted labels, over the labels that occur.
/// </summary>
public sealed record AllLabelsFigures(LabelAverages Macro, LabelAverages Weighted, IReadOnlyList<string> LabelsLeftOut, IReadOnlyList<LabelMetrics> PerLabel);

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
