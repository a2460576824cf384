namespace LogprobDashboard.Analysis.Summaries;

/// <summary>Quantiles of a sample.</summary>
public static class Quantile
{
    /// <summary>
    /// The type-7 quantile: with h = (n - 1) q, linear between the sorted values at floor(h) and floor(h) + 1. Between the smallest and the largest value. Null
    /// without a value. (numpy.quantile, R's default)
    /// </summary>
    /// <param name="sorted">Finite values, ascending (not checked).</param>
    /// <param name="q">In [0, 1]: 0 the smallest, 0.5 the median, 1 the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not in [0, 1].</exception>
    public static double? Type7(ReadOnlySpan<double> sorted, double q)
    {
        if (!(q is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile must be in [0, 1].");
        if (sorted.IsEmpty)
            return null;

        var place = (sorted.Length - 1) * q;
        var below = (int)place;
        var share = place - below;
        var (low, high) = (sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)]);
        // The difference of two values of opposite sign may overflow; their shares cannot.
        return double.IsFinite(high - low) ? low + (share * (high - low)) : (low * (1 - share)) + (high * share);
    }
}
