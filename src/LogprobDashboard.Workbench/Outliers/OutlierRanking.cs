namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Puts places of a pool in order. What has no value comes last; what is equal stays in sample order.</summary>
internal static class OutlierRanking
{
    /// <returns>The places, the first to be shown first.</returns>
    public static int[] Sort(OutlierSelection selection, IReadOnlyList<int> places, OutlierSort sort, int sortRun, int positive)
    {
        var keys = new (double Key, int Place)[places.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = KeyOf(selection, places[i], sort.Key, sortRun, positive);
            keys[i] = (double.IsNaN(key) ? double.PositiveInfinity : sort.Reversed ? -key : key, places[i]);
        }

        Array.Sort(keys, static (a, b) => a.Key.CompareTo(b.Key) is not 0 and var order ? order : a.Place.CompareTo(b.Place));
        return Array.ConvertAll(keys, key => key.Place);
    }

    /// <summary>The smaller, the earlier.</summary>
    private static double KeyOf(OutlierSelection selection, int place, OutlierSortKey key, int run, int positive) => key switch
    {
        OutlierSortKey.Sample => place,
        OutlierSortKey.Strangeness => Strangest(selection, place),
        _ when run < 0 => double.NaN,
        _ => OutlierSignals.Value(selection.Pool.Runs[run], selection.Pool.Rows(run)[place], key, positive) * (OutlierSignals.Rises(key) ? 1 : -1),
    };

    private static double Strangest(OutlierSelection selection, int place)
    {
        var strangest = double.NaN;
        foreach (var signal in selection.Signals)
        {
            var value = selection.Request.LowIsStrange ? signal.Values[place] : -signal.Values[place];
            if (!double.IsNaN(value) && !(value >= strangest))
                strangest = value;
        }

        return strangest;
    }
}
