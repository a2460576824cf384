using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Everything that the outliers page shows but the rows of its list. <see cref="Pool"/> counts the samples that are compared: those that every run answered, or all of the first run where a cell of it was asked for; without those that a run abstains from.</summary>
public sealed record OutliersView(
    string ExperimentId,
    OutliersRequest Request,
    IReadOnlyList<string> Labels,
    string PositiveLabel,
    IReadOnlyList<string> Sources,
    IReadOnlyList<RunChoice> Choices,
    IReadOnlyList<OutlierRun> Runs,
    IReadOnlyList<double> Edges,
    int Pool,
    OutlierCounts Counts,
    int Listed,
    IReadOnlyList<ReasonCount> Reasons,
    int ReasonsLookedAt,
    int BeforeReason,
    double? LooserCut,
    int? SelectedPlace)
{
    /// <summary>What all of it is restricted to: what was asked for, where the dataset has that.</summary>
    public SampleScope Scope { get; init; } = SampleScope.All;
}

/// <summary>
/// One run over the pool. <see cref="Defined"/> samples have the signal; <see cref="Cut"/> is its value at the quantile, null without a cut or a value; <see cref="Beyond"/> counts what is strictly stranger.
/// <see cref="Bins"/> counts all, <see cref="CellBins"/> those of the cell. <see cref="Knots"/> are the signal's quantiles at 0, 1/200 … 1.
/// </summary>
public sealed record OutlierRun(
    string RunId,
    string Name,
    string VariantName,
    int? VariantVersion,
    string Model,
    string Status,
    int Answered,
    int Unscorable,
    int Failed,
    int Defined,
    double? Cut,
    int Beyond,
    IReadOnlyList<int> Bins,
    IReadOnlyList<int> CellBins,
    IReadOnlyList<double> Knots,
    ErrorShare WrongBeyond,
    ErrorShare WrongWithin);

/// <summary>How many of the judged samples were predicted wrongly.</summary>
public sealed record ErrorShare(int Wrong, int Judged);

/// <summary>
/// Counts of samples of the cell (of the pool, where no cell was asked for). Settled: beyond the cut of one of two runs only, and on the ordinary side of the other's median.
/// </summary>
public sealed record OutlierCounts(int Cell, int Any, int Every, int Disagree, int? Settled);

public sealed record ReasonCount(string Code, int Count);

/// <summary>A sample in the list, with what each chosen run made of it; null where the run has no result for it.</summary>
public sealed record OutlierRow(
    int Rank,
    int Index,
    string? Id,
    string Text,
    string? Label,
    string? Source,
    IReadOnlyList<OutlierRowRun> Runs,
    IReadOnlyList<OutlierReason> Reasons);

/// <summary><paramref name="Loss"/> is -ln p(true label); <paramref name="Right"/> is null where that cannot be said.</summary>
public sealed record OutlierRowRun(string RunId, ResultRecord? Result, double? Loss, bool Beyond, bool? Right);

/// <summary>Rows from a place in the list, and how long the whole list is.</summary>
public sealed record OutlierRows(IReadOnlyList<OutlierRow> Items, int Total);
