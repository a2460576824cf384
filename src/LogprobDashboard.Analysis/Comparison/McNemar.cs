namespace LogprobDashboard.Analysis.Comparison;

/// <summary>McNemar's exact test of two operating points on the same samples (definitions, part 2).</summary>
/// <param name="BaselineOnly">b: samples that the baseline alone gets right.</param>
/// <param name="RunOnly">c: samples that the other run alone gets right.</param>
/// <param name="PValue">Two-sided: min(1, 2 BinomCDF(min(b, c); b + c, 1/2)), 1 where b + c = 0.</param>
public sealed record McNemar(int BaselineOnly, int RunOnly, double PValue)
{
    /// <summary>Tests whether both are right equally often.</summary>
    /// <param name="baselineRight">Whether the baseline is right, by sample; unscorable samples are wrong.</param>
    /// <param name="runRight">Whether the other run is.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static McNemar Test(ReadOnlySpan<bool> baselineRight, ReadOnlySpan<bool> runRight)
    {
        if (baselineRight.Length != runRight.Length)
            throw new ArgumentException("Both must judge the same samples.", nameof(runRight));
        var (baselineOnly, runOnly) = (0, 0);
        for (var sample = 0; sample < runRight.Length; sample++)
        {
            if (baselineRight[sample] == runRight[sample])
                continue;
            if (runRight[sample])
                runOnly++;
            else
                baselineOnly++;
        }

        return Of(baselineOnly, runOnly);
    }

    /// <summary>The test of two counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static McNemar Of(int baselineOnly, int runOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(runOnly);
        return new(baselineOnly, runOnly, Math.Min(1, 2 * LowerTail(Math.Min(baselineOnly, runOnly), baselineOnly + runOnly)));
    }

    /// <summary>P(X at most k) for X binomial with n trials of chance 1/2; terms from k down, each from the one above it.</summary>
    private static double LowerTail(int k, int n)
    {
        // ln of the term at k: ln C(n, k) - n ln 2, summed with compensation.
        double sum = 0, lost = 0;
        for (var i = 1; i <= k; i++)
        {
            var term = Math.Log((n - k + (double)i) / i) - lost;
            var next = sum + term;
            lost = next - sum - term;
            sum = next;
        }

        var highest = sum - (n * Math.Log(2));
        double share = 1, total = 1;
        for (var i = k; i > 0 && share > 1e-18 * total; i--)
            total += share *= i / (n - i + 1.0);
        return Math.Exp(highest) * total;
    }
}
