namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// Takes a prompt's leaning towards some labels out: of each label's ln p its mean over the run is subtracted, then each sample is normalised (Zhou and others 2024). It looks at no true label, so nothing has to be cross-fitted.
/// </summary>
public static class BatchCalibration
{
    /// <summary>ln p' of every sample and label, normalised.</summary>
    /// <param name="logProbabilities">ln p, sample by sample, one for each label; finite.</param>
    /// <param name="labelCount">2 or more.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of labels.</exception>
    public static double[] Apply(ReadOnlySpan<double> logProbabilities, int labelCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        if (logProbabilities.Length % labelCount != 0)
            throw new ArgumentException("There must be one log probability for each sample and label.", nameof(logProbabilities));
        var means = new double[labelCount];
        for (var at = 0; at < logProbabilities.Length; at++)
            means[at % labelCount] += logProbabilities[at];
        var samples = logProbabilities.Length / labelCount;
        var calibrated = new double[logProbabilities.Length];
        for (var at = 0; at < calibrated.Length; at++)
            calibrated[at] = logProbabilities[at] - (means[at % labelCount] / samples);
        for (var start = 0; start < calibrated.Length; start += labelCount)
            LogProbabilities.Normalise(calibrated.AsSpan(start, labelCount));
        return calibrated;
    }
}
