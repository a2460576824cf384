namespace LogprobDashboard.Analysis.Ranking;

internal static class CumulatedCounts
{
    /// <summary>Merges both classes' descending scores: the distinct ones, and how many of each class reach them.</summary>
    public static (double[] Thresholds, int[] TruePositives, int[] FalsePositives) Merge(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        var total = positives.Length + negatives.Length;
        var (thresholds, truePositives, falsePositives) = (new double[total], new int[total], new int[total]);
        var (distinct, reached, passed) = (0, 0, 0);
        while (reached < positives.Length || passed < negatives.Length)
        {
            var threshold = reached == positives.Length ? negatives[passed]
                : passed == negatives.Length ? positives[reached]
                : Math.Max(positives[reached], negatives[passed]);
            while (reached < positives.Length && positives[reached] == threshold)
                reached++;
            while (passed < negatives.Length && negatives[passed] == threshold)
                passed++;
            (thresholds[distinct], truePositives[distinct], falsePositives[distinct]) = (threshold, reached, passed);
            distinct++;
        }

        if (distinct < total)
        {
            Array.Resize(ref thresholds, distinct);
            Array.Resize(ref truePositives, distinct);
            Array.Resize(ref falsePositives, distinct);
        }

        return (thresholds, truePositives, falsePositives);
    }
}
