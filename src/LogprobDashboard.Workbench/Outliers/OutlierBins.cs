using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The histograms of one signal, of every run in the same bins.</summary>
internal static class OutlierBins
{
    public const int Count = 40;

    /// <summary>All values of each run, then those of the cell. Entropy is between 0 and ln(labels); margin and loss begin at 0; coverage ends at 1.</summary>
    public static Histogram? Create(OutlierSelection selection, int labels)
    {
        var all = selection.Signals.Select(signal => (IReadOnlyList<double>)signal.Sorted);
        IEnumerable<IReadOnlyList<double>> cell = selection.Request.CellOrNone.IsAny ? selection.Signals.Select(signal => CellValues(selection, signal)) : [];
        var values = all.Where(list => list.Count > 0).ToList();
        if (values.Count == 0)
            return null;
        var (smallest, largest) = (values.Min(list => list[0]), values.Max(list => list[^1]));
        var (low, high) = selection.Request.By switch
        {
            OutlierOrder.Entropy => (0, Math.Max(largest, Math.Log(labels))),
            OutlierOrder.Coverage => (smallest < 1 ? smallest : 0, 1),
            _ => (0.0, largest > 0 ? largest : 1),
        };
        return Histogram.Create([.. all, .. cell], Count, low, high);
    }

    private static double[] CellValues(OutlierSelection selection, SignalOfRun signal) =>
        [.. Enumerable.Range(0, signal.Values.Length).Where(place => double.IsFinite(signal.Values[place]) && selection.IsInCell(place)).Select(place => signal.Values[place])];
}
