namespace LogprobDashboard.Analysis.Calibration;

internal static class ProbabilityChecks
{
    /// <exception cref="ArgumentException">A value is NaN or not in [0, 1], or the number of outcomes differs.</exception>
    public static void Check(ReadOnlySpan<double> probabilities, int outcomes)
    {
        if (probabilities.Length != outcomes)
            throw new ArgumentException("There must be as many outcomes as probabilities.", nameof(outcomes));
        Check(probabilities);
    }

    public static void Check(ReadOnlySpan<double> probabilities)
    {
        foreach (var probability in probabilities)
            if (!(probability is >= 0 and <= 1))
                throw new ArgumentException("A probability must be in [0, 1].", nameof(probabilities));
    }
}
