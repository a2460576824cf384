using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Slices;

namespace LogprobDashboard.Web.Compare;

/// <summary>Slices in words.</summary>
public static class SliceWords
{
    public static string Note(ComparedSlices slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        List<string> parts = ["Worst average precision first; it depends on the share of positives, so hold it against that of its slice."];
        if (slices.Binning == SliceBinning.Quartiles)
            parts.Add("Numbers are cut at their quartiles.");
        if (slices.Binning == SliceBinning.MostFrequent)
            parts.Add($"The {SliceColumn.MostValues} most frequent values stand for themselves, the others are one slice.");
        if (slices.WithoutValue > 0)
            parts.Add($"{Figures.Count(slices.WithoutValue, "sample has", "samples have")} no value here.");
        parts.Add(slices.Resampling is { } drawn
            ? $"Small: 95 % intervals, {Figures.Count(drawn.Resamples)} resamples, seed {drawn.Seed}; precision (P) and recall (R) at the run's threshold. Of many slices a few look weak by chance."
            : "95 % intervals are being worked out, or come once the runs are over.");
        return string.Join(' ', parts);
    }

    public static string Name(string value) => string.IsNullOrWhiteSpace(value) ? "(blank)" : value;

    /// <summary>One number, or from the fewest to the most where runs failed on different samples.</summary>
    public static string Samples(IReadOnlyList<SliceOfRun> runs) => Span([.. runs.Select(run => run.Samples)], Figures.Count);

    public static string Share(IReadOnlyList<SliceOfRun> runs) =>
        runs.Select(run => run.Share).OfType<double>().ToList() is { Count: > 0 } shares ? Span(shares, share => Figures.Score(share)) : Figures.NotDefined;

    public static string? AtThreshold(SliceOfRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run is { Precision: null, Recall: null } ? null : $"P {Figures.Score(run.Precision)} · R {Figures.Score(run.Recall)}";
    }

    /// <summary>What the cell has no room for.</summary>
    public static string Exact(SliceOfRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"Average precision {Figures.Exact(run.AveragePrecision)}, ROC AUC {Figures.Score(run.RocAuc)}, accuracy {Figures.Score(run.Accuracy)}, F1 {Figures.Score(run.F1)}; {Figures.Count(run.Positives)} of {Figures.Count(run.Samples)} positive";
    }

    private static string Span<T>(IReadOnlyList<T> values, Func<T, string> write)
    {
        if (values.Count == 0)
            return Figures.NotDefined;
        var (low, high) = (write(values.Min()!), write(values.Max()!));
        return low == high ? low : $"{low}–{high}";
    }
}
