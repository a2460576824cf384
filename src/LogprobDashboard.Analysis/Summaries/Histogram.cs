namespace LogprobDashboard.Analysis.Summaries;

/// <summary>Several series counted in the same bins of equal width, so that they can stand side by side. Immutable.</summary>
/// <param name="Edges">The bins' edges, ascending, one more than bins. A bin holds what is at least its lower and below its upper edge; the last also holds its
/// upper edge.</param>
/// <param name="Counts">How many values, by series and bin; each series sums to its number of values within the range.</param>
public sealed record Histogram(IReadOnlyList<double> Edges, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>
    /// Counts series in bins over their common range, or over a given one. Where all values are equal the range is widened by a half on either side, as
    /// numpy.histogram does. Null where there is no value and no given range.
    /// </summary>
    /// <param name="series">Finite values, any number a series.</param>
    /// <param name="binCount">How many bins, 1 or more.</param>
    /// <param name="low">The range's lower end; null: the smallest value.</param>
    /// <param name="high">The range's upper end; null: the largest value. Values outside of a given range are not counted.</param>
    /// <exception cref="ArgumentException">A value or an end is NaN or infinite, or low is above high.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="binCount"/> is below 1.</exception>
    public static Histogram? Create(IReadOnlyList<IReadOnlyList<double>> series, int binCount, double? low = null, double? high = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in series.SelectMany(values => values))
        {
            if (!double.IsFinite(value))
                throw new ArgumentException("A value must be finite.", nameof(series));
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }

        var (from, to) = (low ?? smallest, high ?? largest);
        if ((low is null || high is null) && smallest > largest)
            return null;
        if (!double.IsFinite(from) || !double.IsFinite(to) || (low is not null && high is not null && from > to))
            throw new ArgumentException("The range must be finite and ascending.", nameof(low));

        var edges = EdgesOf(from, Math.Max(from, to), binCount);
        return new(edges, [.. series.Select(values => Count(values, edges))]);
    }

    private static double[] EdgesOf(double low, double high, int binCount)
    {
        if (low == high)
            (low, high) = (low - Math.Max(0.5, Math.Abs(low) * 1e-9), high + Math.Max(0.5, Math.Abs(high) * 1e-9));
        var edges = new double[binCount + 1];
        for (var edge = 0; edge <= binCount; edge++)
        {
            var share = (double)edge / binCount;
            edges[edge] = Math.Clamp((low * (1 - share)) + (high * share), Math.Max(low, double.MinValue), Math.Min(high, double.MaxValue));
        }

        (edges[0], edges[^1]) = (Math.Max(low, double.MinValue), Math.Min(high, double.MaxValue));
        return edges;
    }

    private static int[] Count(IReadOnlyList<double> values, double[] edges)
    {
        var counts = new int[edges.Length - 1];
        var (low, width) = (edges[0], (edges[^1] / counts.Length) - (edges[0] / counts.Length));
        foreach (var value in values)
        {
            if (value < low || value > edges[^1])
                continue;

            // A guess by division, put right by the edges themselves.
            var bin = Math.Clamp((int)Math.Min(counts.Length - 1, (value / width) - (low / width)), 0, counts.Length - 1);
            while (bin > 0 && value < edges[bin])
                bin--;
            while (bin < counts.Length - 1 && value >= edges[bin + 1])
                bin++;
            counts[bin]++;
        }

        return counts;
    }
}
