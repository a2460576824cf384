using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>
/// An experiment as the list shows it. <paramref name="BestAveragePrecision"/> is the positive label's with two labels, the macro mean with more: the best of its runs that have ended,
/// of each variant the one over the most samples. <paramref name="LastRunAt"/> is when the newest run was started; <paramref name="Progress"/> is null where nothing is under way.
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
    IReadOnlyList<ThumbnailCurve> Curves,
    int VariantCount = 0,
    DateTimeOffset? LastRunAt = null,
    ExperimentProgress? Progress = null);

/// <summary>A run's curve, thinned to what a thumbnail can show; ascends in recall.</summary>
public sealed record ThumbnailCurve(string RunName, IReadOnlyList<CurvePoint> Points);

/// <summary>How far the runs under way are, all together: samples with an answer or without one for good, of all of theirs. <paramref name="RemainingSeconds"/> is null where nobody can tell.</summary>
public sealed record ExperimentProgress(int Done, int Total, double? PerSecond, double? RemainingSeconds);

public enum ExperimentSort
{
    Newest,
    Name,
    Best,
    LastRun,
}

/// <summary>Which experiments, in which order. <paramref name="Search"/> is a part of the name, of the dataset's name or of a label, whatever its case. Pages count from 1.</summary>
public sealed record ExperimentListRequest(string? Search = null, ExperimentSort Sort = ExperimentSort.Newest, int Page = 1, int Take = 24);

/// <summary>A page of experiments. <paramref name="All"/> counts those that the search left out, too; <paramref name="RunningCount"/> the runs under way of all of them.</summary>
public sealed record ExperimentListView(IReadOnlyList<ExperimentOverview> Items, int Found, int All, int Page, int Pages, int RunningCount);
