using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>
/// An experiment as the list shows it. <paramref name="BestAveragePrecision"/> is the positive label's with two labels, the macro mean with more.
/// </summary>
public sealed record ExperimentOverview(
    string Id,
    string Name,
    string DatasetName,
    int SampleCount,
    IReadOnlyList<string> Labels,
    string PositiveLabel,
    double? BestAveragePrecision,
    string? BestRunName,
    int RunCount,
    int RunningCount,
    DateTimeOffset CreatedAt,
    IReadOnlyList<ThumbnailCurve> Curves);

/// <summary>A run's curve, thinned to what a thumbnail can show; ascends in recall.</summary>
public sealed record ThumbnailCurve(string RunName, IReadOnlyList<CurvePoint> Points);
