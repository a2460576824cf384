namespace LogprobDashboard.Analysis.Summaries;

/// <summary>A sample of numbers in a few figures; all of them null without a value. Quantiles are type 7.</summary>
/// <param name="Count">How many values, 0 or more.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="StandardDeviation">The population's: the root of the mean squared distance from the mean, 0 or more.</param>
/// <param name="Median">The quantile at 0.5.</param>
/// <param name="P90">The quantile at 0.9.</param>
/// <param name="P99">The quantile at 0.99.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
public sealed record DistributionSummary(int Count, double? Mean, double? StandardDeviation, double? Median, double? P90, double? P99, double? Min, double? Max)
{
    /// <summary>Summarises values; the input is not changed, and its order does not matter.</summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static DistributionSummary Create(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (!double.IsFinite(value))
                throw new ArgumentException("A value must be finite.", nameof(values));
        if (values.IsEmpty)
            return new(0, null, null, null, null, null, null, null);

        var sorted = values.ToArray();
        Array.Sort(sorted);
        var mean = Math.Clamp(MeanOf(sorted), sorted[0], sorted[^1]);
        return new(
            sorted.Length,
            mean,
            Deviation(sorted, mean),
            Quantile.Type7(sorted, 0.5),
            Quantile.Type7(sorted, 0.9),
            Quantile.Type7(sorted, 0.99),
            sorted[0],
            sorted[^1]);
    }

    /// <summary>Summed as it is, or, where the sum overflows, divided first.</summary>
    private static double MeanOf(double[] values)
    {
        var (sum, sumOfShares) = (0.0, 0.0);
        foreach (var value in values)
            (sum, sumOfShares) = (sum + value, sumOfShares + (value / values.Length));
        return double.IsFinite(sum) ? sum / values.Length : sumOfShares;
    }

    /// <summary>Distances are halved and scaled by the largest one, so that no square and no difference overflows.</summary>
    private static double Deviation(double[] sorted, double mean)
    {
        var largest = Math.Max((sorted[^1] / 2) - (mean / 2), (mean / 2) - (sorted[0] / 2));
        if (largest == 0)
            return 0;
        var sum = 0.0;
        foreach (var value in sorted)
        {
            var scaled = ((value / 2) - (mean / 2)) / largest;
            sum += scaled * scaled;
        }

        return Math.Min(double.MaxValue / 2, largest * Math.Sqrt(sum / sorted.Length)) * 2;
    }
}
