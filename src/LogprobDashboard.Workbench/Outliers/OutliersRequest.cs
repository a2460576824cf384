using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Which of the samples beyond the cut are listed.</summary>
public enum OutlierShow
{
    /// <summary>Beyond the cut of any run.</summary>
    All,

    /// <summary>Beyond the cut of every run.</summary>
    Both,

    /// <summary>Beyond the cut of any run, and the runs predict different labels.</summary>
    Disagree,
}

/// <summary>The sides of a threshold: positives found and not found, others flagged in error and passed; and what is on neither side.</summary>
public enum OutlierOutcome
{
    Caught,
    Missed,
    Flagged,
    Passed,
    UnscorablePositive,
    UnscorableNegative,
}

/// <summary>A threshold that a rule chooses, and the samples that the point is judged on, as the compare page has them: <paramref name="Holdout"/> and <paramref name="Seed"/> are those of its request.</summary>
public sealed record CellChoice(string Rule, PointJudging Judging = PointJudging.Same, double Holdout = 0.5, long Seed = 0);

public enum OutlierSortKey
{
    /// <summary>The chosen signal, the strangest run of each sample.</summary>
    Strangeness,

    /// <summary>The order of the dataset.</summary>
    Sample,
    Entropy,
    Margin,
    Coverage,
    Loss,

    /// <summary>Log odds of the positive label.</summary>
    Score,
}

/// <summary>
/// A cell of the first run's confusion matrix, or a part of one. <paramref name="Label"/> and <paramref name="Predicted"/> are of the label set;
/// <paramref name="Threshold"/> is in log odds of <paramref name="Positive"/> (the experiment's where null) and needs an <paramref name="Outcome"/>; so does a <paramref name="Choice"/> in its place.
/// </summary>
public sealed record OutlierCell(
    string? Label = null,
    string? Predicted = null,
    bool Unscorable = false,
    string? Positive = null,
    double? Threshold = null,
    OutlierOutcome? Outcome = null,
    CellChoice? Choice = null)
{
    public static OutlierCell None { get; } = new();

    public bool IsAny => Label is not null || Predicted is not null || Unscorable || IsOutcome;

    public bool IsOutcome => Outcome is not null && (Threshold is not null || Choice is not null);
}

/// <summary>Entropy, loss and log odds fall, margin, coverage and sample order rise, unless <paramref name="Reversed"/>. A key of one run needs its id.</summary>
public sealed record OutlierSort(OutlierSortKey Key = OutlierSortKey.Strangeness, string? RunId = null, bool Reversed = false)
{
    public static OutlierSort Default { get; } = new();

    public bool IsOfARun => Key is not (OutlierSortKey.Strangeness or OutlierSortKey.Sample);
}

/// <summary>
/// What a person wants to see. Empty <paramref name="RunIds"/>: as the compare page chooses. <paramref name="Cut"/> is the share of the samples on the ordinary side of the cut:
/// 0.95 cuts entropy and loss at their 95 % quantile, margin and coverage at their 5 % quantile; 0 is no cut; null the default, which is none where a cell was asked for.
/// <paramref name="Search"/> is a part of the text, whatever its case.
/// </summary>
public sealed record OutliersRequest(
    IReadOnlyList<string> RunIds,
    OutlierOrder By = OutlierOrder.Entropy,
    double? Cut = null,
    OutlierShow Show = OutlierShow.All,
    OutlierCell? Cell = null,
    string? Source = null,
    string? Search = null,
    string? Reason = null,
    OutlierSort? Sort = null,
    int? Sample = null)
{
    public const double DefaultCut = 0.95;

    /// <summary>What the list and all figures above it are restricted to.</summary>
    public SampleScope Scope { get; init; } = SampleScope.All;

    public OutlierCell CellOrNone => Cell ?? OutlierCell.None;

    public OutlierSort SortOrDefault => Sort ?? OutlierSort.Default;

    /// <summary>The cut in force; 0 is none.</summary>
    public double Share => Cut ?? (CellOrNone.IsAny ? 0 : DefaultCut);

    /// <summary>Margin and coverage are strange at their low end.</summary>
    public bool LowIsStrange => By is OutlierOrder.Margin or OutlierOrder.Coverage;

    /// <summary>Where the cut lies among the values: 0.95, and 0.05 where the low end is the strange one.</summary>
    public double Quantile => QuantileOf(Share, LowIsStrange);

    /// <summary>In decimals, so that 1 - 0.95 is 0.05 and no sample slips over the cut by rounding.</summary>
    public static double QuantileOf(double share, bool lowIsStrange) => lowIsStrange ? (double)(1m - (decimal)share) : share;
}
