namespace LogprobDashboard.Analysis.Calibration;

/// <summary>Brier score (definitions, part 4): the mean squared error of probabilities; lower is better. Over scored samples: an unscorable one has no
/// probability.</summary>
public static class BrierScore
{
    /// <summary>Two labels: the mean of (p - y)² with p of the positive label, in [0, 1]; null without a sample. (sklearn.metrics.brier_score_loss)</summary>
    /// <param name="probabilities">Each sample's probability of the positive label.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1], or the spans differ in length.</exception>
    public static double? Binary(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive)
    {
        ProbabilityChecks.Check(probabilities, isPositive.Length);
        var sum = 0.0;
        for (var sample = 0; sample < probabilities.Length; sample++)
            sum += Square(probabilities[sample] - (isPositive[sample] ? 1 : 0));
        return probabilities.IsEmpty ? null : sum / probabilities.Length;
    }

    /// <summary>
    /// Several labels: the mean of the sum over labels of (p(y) - [y is the true label])², in [0, 2]; null without a sample. For two labels it is twice the
    /// binary one.
    /// (sklearn.metrics.brier_score_loss, scale_by_half=False)
    /// </summary>
    /// <param name="probabilities">By sample: sample 0's for label 0, 1, … K - 1, then sample 1's, and so on.</param>
    /// <param name="labelCount">K, 2 or more.</param>
    /// <param name="trueLabels">Each sample's label, in [0, K).</param>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1], the numbers do not fit, or a label is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelCount"/> is below 2.</exception>
    public static double? SumOverLabels(ReadOnlySpan<double> probabilities, int labelCount, ReadOnlySpan<int> trueLabels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        if (probabilities.Length != (long)trueLabels.Length * labelCount)
            throw new ArgumentException("There must be one probability a sample and label.", nameof(probabilities));
        ProbabilityChecks.Check(probabilities);
        var sum = 0.0;
        for (var sample = 0; sample < trueLabels.Length; sample++)
        {
            if ((uint)trueLabels[sample] >= (uint)labelCount)
                throw new ArgumentException("A true label is out of range.", nameof(trueLabels));
            for (var label = 0; label < labelCount; label++)
                sum += Square(probabilities[(sample * labelCount) + label] - (label == trueLabels[sample] ? 1 : 0));
        }

        return trueLabels.IsEmpty ? null : sum / trueLabels.Length;
    }

    private static double Square(double value) => value * value;
}
