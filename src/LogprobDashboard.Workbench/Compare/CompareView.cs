namespace LogprobDashboard.Workbench.Compare;

/// <summary>What a compare page asks for. Empty <paramref name="RunIds"/>: the latest completed run of each variant, at most eight.</summary>
public sealed record CompareRequest(IReadOnlyList<string> RunIds, string? Positive = null, string? Rule = null, int MaxPoints = 400);

/// <summary>Everything that a compare page shows, of one experiment, one positive label and one rule.</summary>
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

/// <summary>A run of the experiment, whether or not it is among those compared.</summary>
public sealed record RunChoice(string RunId, string Name, string Status, bool Selected);

/// <summary>
/// One run's figures. <c>AveragePrecisionBound…</c> is the range that censoring allows, <c>AveragePrecisionLow</c> and <c>High</c> the confidence
/// interval. <paramref name="Scored"/> and <paramref name="Unscorable"/> count the judged samples, those with a true label of the set; <paramref name="LeftOut"/> the answered
/// ones without. <paramref name="SampleSelection"/> says which samples the run is about where it is not all of them. <paramref name="Curve"/> ascends in recall and is thinned without moving its shape.
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
    double? AveragePrecisionLow,
    double? AveragePrecisionHigh,
    double? AveragePrecisionBoundLow,
    double? AveragePrecisionBoundHigh,
    double? RocAuc,
    double? MacroAveragePrecision,
    double? Coverage,
    PointFigures? Argmax,
    PointFigures? Chosen,
    string? RuleProblem,
    IReadOnlyList<CurvePoint> Curve,
    string? SampleSelection = null);

/// <summary>An operating point. A null threshold is none, or an infinite one.</summary>
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
    double? Accuracy);

/// <summary>A point of a precision-recall curve. The threshold is null where nothing is flagged, and where unscorable samples are flagged too.</summary>
public sealed record CurvePoint(double? Threshold, double Precision, double Recall);
