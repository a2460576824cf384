using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>One run's signal over a pool, and its cut.</summary>
internal sealed class SignalOfRun
{
    private const int KnotSteps = 200;
    private readonly bool _lowIsStrange;

    public SignalOfRun(SamplePool pool, int run, OutliersRequest request)
    {
        (_lowIsStrange, HasCut) = (request.LowIsStrange, request.Share > 0);
        var (rows, key) = (pool.Rows(run), OutlierSignals.KeyOf(request.By));
        Values = new double[pool.Count];
        for (var place = 0; place < Values.Length; place++)
            Values[place] = OutlierSignals.Value(pool.Runs[run], rows[place], key, positive: 0);
        Sorted = Array.FindAll(Values, double.IsFinite);
        Array.Sort(Sorted);
        Cut = HasCut ? Quantile.Type7(Sorted, request.Quantile) : null;
        Median = Quantile.Type7(Sorted, 0.5);
    }

    /// <summary>By place in the pool; NaN where not defined.</summary>
    public double[] Values { get; }

    /// <summary>The defined ones, ascending.</summary>
    public double[] Sorted { get; }

    public bool HasCut { get; }

    public double? Cut { get; }

    public double? Median { get; }

    public IReadOnlyList<double> Knots => Sorted.Length == 0 ? [] : [.. Enumerable.Range(0, KnotSteps + 1).Select(step => Quantile.Type7(Sorted, (double)step / KnotSteps)!.Value)];

    /// <summary>Strictly stranger than the cut: what ties with it is not. Without a cut everything is.</summary>
    public bool IsBeyond(int place) => !HasCut || (Cut is { } cut && IsStranger(Values[place], cut));

    /// <summary>No stranger than the run's median.</summary>
    public bool IsSettled(int place) => Median is { } median && double.IsFinite(Values[place]) && !IsStranger(Values[place], median);

    /// <summary>The largest share, in thousandths, at which something is beyond the cut; null where all values are equal or there is none.</summary>
    public double? LargestShareWithSomethingBeyond()
    {
        var strangest = Sorted.Length == 0 ? 0 : _lowIsStrange ? Sorted[0] : Sorted[^1];
        var ordinary = Sorted.Count(value => value != strangest);
        return ordinary == 0 ? null : Math.Floor(1000.0 * (ordinary - 1) / (Sorted.Length - 1)) / 1000;
    }

    private bool IsStranger(double value, double than) => _lowIsStrange ? value < than : value > than;
}
