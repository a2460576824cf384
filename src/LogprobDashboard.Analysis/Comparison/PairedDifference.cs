using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Comparison;

/// <summary>A run's figure minus the baseline's, from a paired bootstrap (definitions, part 2).</summary>
/// <param name="Difference">On the samples themselves.</param>
/// <param name="Low">The 0.025 quantile over the resamples.</param>
/// <param name="High">The 0.975 quantile.</param>
/// <param name="PValue">min(1, 2 (1 + min(#&lt;=0, #&gt;=0)) / (R + 1)).</param>
/// <param name="StandardError">The standard deviation over the resamples.</param>
public sealed record PairedDifference(double Difference, double Low, double High, double PValue, double StandardError)
{
    /// <summary>The sum of the normal quantiles at 0.975 and 0.8: a test at 5 % that finds a difference 4 times in 5.</summary>
    private const double Detectable = 1.959963984540054 + 0.8416212335729143;

    /// <summary>From the figures of the same resamples.</summary>
    /// <param name="baseline">The baseline's figure; null: not defined.</param>
    /// <param name="run">The run's figure.</param>
    /// <param name="baselineResampled">The baseline's figure on each resample.</param>
    /// <param name="runResampled">The run's, on the same resamples in the same order.</param>
    /// <returns>Null where a figure is not defined, or fewer than two resamples define both.</returns>
    /// <exception cref="ArgumentException">The numbers of resamples differ.</exception>
    public static PairedDifference? Of(double? baseline, double? run, IReadOnlyList<double?> baselineResampled, IReadOnlyList<double?> runResampled)
    {
        ArgumentNullException.ThrowIfNull(baselineResampled);
        ArgumentNullException.ThrowIfNull(runResampled);
        if (baselineResampled.Count != runResampled.Count)
            throw new ArgumentException("Both must be measured on the same resamples.", nameof(runResampled));
        var differences = baselineResampled.Zip(runResampled, (before, after) => after - before).OfType<double>().Order().ToArray();
        if (run - baseline is not { } difference || differences.Length < 2)
            return null;
        var (below, above) = (differences.Count(value => value <= 0), differences.Count(value => value >= 0));
        return new(
            difference,
            Quantile.Type7(differences, 0.025)!.Value,
            Quantile.Type7(differences, 0.975)!.Value,
            Math.Min(1, 2 * (1.0 + Math.Min(below, above)) / (differences.Length + 1)),
            DistributionSummary.Create(differences).StandardDeviation!.Value);
    }

    /// <summary>
    /// About how many samples in all would show this difference, were it the true one: n ((1.96 + 0.84) se / difference)^2, for a test at 5 % that finds it 4
    /// times in 5. Null where the difference is 0 or the number is beyond a billion.
    /// </summary>
    /// <param name="samples">n, how many there are now.</param>
    public long? SamplesToTell(int samples)
    {
        var ratio = Detectable * StandardError / Difference;
        var needed = Math.Ceiling(samples * ratio * ratio);
        return Difference != 0 && needed <= 1e9 ? (long)needed : null;
    }
}
