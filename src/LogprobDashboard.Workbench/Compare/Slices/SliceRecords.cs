using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare.Slices;

/// <summary>
/// A view's runs on each slice of a column, worst first: by the mean average precision over the runs, slices without one last. <paramref name="Columns"/> can be made slices by.
/// <paramref name="SourceColumn"/> is the one of them that is the source's; null where there is none. <paramref name="Whole"/> is all of them together, with the <paramref name="WithoutValue"/> samples of the dataset that have none in the column.
/// <paramref name="Resampling"/> is null until the intervals are worked out.
/// </summary>
public sealed record ComparedSlices(
    string Column,
    string? SourceColumn,
    SliceBinning Binning,
    IReadOnlyList<string> Columns,
    IReadOnlyList<SliceOfRun> Whole,
    IReadOnlyList<ComparedSlice> Slices,
    int WithoutValue,
    ResamplingRequest? Resampling);

/// <summary>One slice; its runs in the view's order.</summary>
public sealed record ComparedSlice(string Value, IReadOnlyList<SliceOfRun> Runs)
{
    /// <summary>Over the runs that have one; null where none has.</summary>
    public double? MeanAveragePrecision => Runs.Average(run => run.AveragePrecision);
}

/// <summary>
/// A run on the judged samples of a slice, for the positive label. <paramref name="Interval"/> is that of average precision, null until it is worked out. Precision, recall and F1 are at the
/// view's threshold of the run, null where it has none; accuracy is of the predicted labels. <paramref name="IsBelowWhole"/>: the whole interval lies below the run's average precision on all samples.
/// </summary>
public sealed record SliceOfRun(
    string RunId,
    int Samples,
    int Positives,
    double? AveragePrecision,
    ConfidenceInterval? Interval,
    double? RocAuc,
    double? Accuracy,
    double? Precision,
    double? Recall,
    double? F1,
    bool IsBelowWhole)
{
    /// <summary>The share of positives: what average precision chance would give. Null without a sample.</summary>
    public double? Share => Samples > 0 ? (double)Positives / Samples : null;
}
