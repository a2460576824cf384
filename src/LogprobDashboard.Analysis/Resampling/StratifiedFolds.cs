namespace LogprobDashboard.Analysis.Resampling;

/// <summary>Splits samples so that each label is spread evenly over the parts. The same labels, number and seed give the same split everywhere.</summary>
public static class StratifiedFolds
{
    /// <summary>
    /// Each sample's fold, in [0, <paramref name="folds"/>). The samples of one label are shuffled (<see cref="SeededPermutation"/>) and dealt out in turn, each
    /// label going on where the one before ended: fold sizes differ by at most 1, and so do the numbers of each label.
    /// </summary>
    /// <param name="labels">Each sample's label, any numbers.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is below 2.</exception>
    public static int[] Create(ReadOnlySpan<int> labels, int folds, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var foldOf = new int[labels.Length];
        var next = 0;
        foreach (var sample in InStrata(labels, seed).SelectMany(stratum => stratum))
            foldOf[sample] = next++ % folds;
        return foldOf;
    }

    /// <summary>Which samples a threshold is judged on; the others choose it. Of each label the share that is nearest to <paramref name="share"/>, but not all and not none where it has two samples or more.</summary>
    /// <param name="labels">Each sample's label, any numbers.</param>
    /// <param name="share">In (0, 1).</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not within 0 and 1.</exception>
    public static bool[] Holdout(ReadOnlySpan<int> labels, double share, long seed)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be above 0 and below 1.");
        var held = new bool[labels.Length];
        foreach (var stratum in InStrata(labels, seed))
        {
            var count = (int)Math.Round(share * stratum.Length, MidpointRounding.ToEven);
            if (stratum.Length > 1)
                count = Math.Clamp(count, 1, stratum.Length - 1);
            foreach (var sample in stratum.AsSpan(0, count))
                held[sample] = true;
        }

        return held;
    }

    private static List<int[]> InStrata(ReadOnlySpan<int> labels, long seed)
    {
        var order = SeededPermutation.Create(labels.Length, seed);
        var strata = new SortedDictionary<int, List<int>>();
        foreach (var sample in order)
        {
            if (!strata.TryGetValue(labels[sample], out var stratum))
                strata.Add(labels[sample], stratum = []);
            stratum.Add(sample);
        }

        return [.. strata.Values.Select(stratum => stratum.ToArray())];
    }
}
