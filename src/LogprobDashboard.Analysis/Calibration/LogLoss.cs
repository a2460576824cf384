namespace LogprobDashboard.Analysis.Calibration;

/// <summary>Log loss (definitions, part 4): lower is better; in nats, in [0, 27.64] because probabilities are clipped. Over scored samples: an unscorable one
/// has no probability.</summary>
public static class LogLoss
{
    /// <summary>Probabilities are clipped to [1e-12, 1 - 1e-12].</summary>
    public const double Clip = 1e-12;

    /// <summary>One sample's loss, - ln of the clipped probability of its true label.</summary>
    /// <exception cref="ArgumentException">The probability is NaN or not in [0, 1].</exception>
    public static double OfTrueLabel(double probability)
    {
        ProbabilityChecks.Check([probability]);
        return -Math.Log(Math.Clamp(probability, Clip, 1 - Clip));
    }

    /// <summary>The mean loss over samples, given the probability of each one's true label; for any number of labels. Null without a sample.
    /// (sklearn.metrics.log_loss)</summary>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1].</exception>
    public static double? Mean(ReadOnlySpan<double> trueLabelProbabilities)
    {
        var sum = 0.0;
        foreach (var probability in trueLabelProbabilities)
            sum += OfTrueLabel(probability);
        return trueLabelProbabilities.IsEmpty ? null : sum / trueLabelProbabilities.Length;
    }

    /// <summary>The mean loss of two labels: - ln p where the sample is a positive, - ln(1 - p) where it is not, p clipped. Null without a sample.
    /// (sklearn.metrics.log_loss)</summary>
    /// <param name="probabilities">Each sample's probability of the positive label.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1], or the spans differ in length.</exception>
    public static double? Binary(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive)
    {
        ProbabilityChecks.Check(probabilities, isPositive.Length);
        var sum = 0.0;
        for (var sample = 0; sample < probabilities.Length; sample++)
            sum += OfTrueLabel(isPositive[sample] ? probabilities[sample] : 1 - probabilities[sample]);
        return probabilities.IsEmpty ? null : sum / probabilities.Length;
    }
}
