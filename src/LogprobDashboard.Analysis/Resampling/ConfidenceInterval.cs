using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Resampling;

/// <summary>A 95 % confidence interval, both ends included (definitions, part 2).</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, at least the lower.</param>
public sealed record ConfidenceInterval(double Low, double High)
{
    /// <summary>The standard normal distribution's 0.975 quantile.</summary>
    private const double Normal = 1.959963984540054;

    /// <summary>
    /// For average precision and AUC: expit(logit(v) ± 1.96 sd of logit(v*)), every v clipped to [1/(2n), 1 - 1/(2n)], sd the population's. In (0, 1).
    /// Null without a value or with fewer than two resamples that define it.
    /// </summary>
    /// <param name="value">v, in [0, 1].</param>
    /// <param name="resampled">v* of each resample.</param>
    /// <param name="samples">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    public static ConfidenceInterval? OfLogit(double? value, IEnumerable<double?> resampled, int samples)
    {
        ArgumentNullException.ThrowIfNull(resampled);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var logits = resampled.OfType<double>().Select(Logit).ToArray();
        if (value is not { } v || logits.Length < 2)
            return null;
        var (centre, half) = (Logit(v), 1.96 * DistributionSummary.Create(logits).StandardDeviation!.Value);
        return new(Expit(centre - half), Expit(centre + half));

        double Logit(double p)
        {
            var clipped = Math.Clamp(p, 0.5 / samples, 1 - (0.5 / samples));
            return Math.Log(clipped / (1 - clipped));
        }
    }

    /// <summary>The 0.025 and 0.975 quantiles (type 7) of the resamples that define the figure. Null with fewer than two of them.</summary>
    public static ConfidenceInterval? OfPercentiles(IEnumerable<double?> resampled)
    {
        ArgumentNullException.ThrowIfNull(resampled);
        var sorted = resampled.OfType<double>().Order().ToArray();
        return sorted.Length < 2 ? null : new(Quantile.Type7(sorted, 0.025)!.Value, Quantile.Type7(sorted, 0.975)!.Value);
    }

    /// <summary>Wilson's score interval of a proportion, without continuity correction. In [0, 1]; null where <paramref name="count"/> is 0.</summary>
    /// <param name="hits">k, in [0, n].</param>
    /// <param name="count">n, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or there are more hits than trials.</exception>
    public static ConfidenceInterval? OfProportion(long hits, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        if (count == 0)
            return null;
        double n = count;
        var p = hits / n;
        const double Square = Normal * Normal;
        var centre = (p + (Square / (2 * n))) / (1 + (Square / n));
        var half = Normal / (1 + (Square / n)) * Math.Sqrt((p * (1 - p) / n) + (Square / (4 * n * n)));
        return new(hits == 0 ? 0 : Math.Max(0, centre - half), hits == count ? 1 : Math.Min(1, centre + half));
    }

    private static double Expit(double x) => 1 / (1 + Math.Exp(-x));
}
