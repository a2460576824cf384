namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// Split conformal prediction (definitions, part 4): for each sample the labels y with 1 - p(y) at most a threshold that was found on other samples, so that the true label is missed in at most a share <paramref name="ErrorRate"/> of new samples of the same kind, on average over splits.
/// </summary>
/// <param name="ErrorRate">a, in (0, 1).</param>
/// <param name="Threshold">The largest 1 - p(y) that is let in; null where there are too few samples, and every label is.</param>
/// <param name="CalibrationSamples">n, how many it was found on.</param>
public sealed record ConformalSets(double ErrorRate, double? Threshold, int CalibrationSamples)
{
    /// <summary>The k-th smallest 1 - p(true label) with k = ceil((n + 1)(1 - a)); every label where k is above n.</summary>
    /// <param name="trueLabelProbabilities">p of the true label of each calibration sample, in [0, 1].</param>
    /// <param name="errorRate">a, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errorRate"/> is not within 0 and 1.</exception>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1].</exception>
    public static ConformalSets Calibrate(ReadOnlySpan<double> trueLabelProbabilities, double errorRate)
    {
        if (!(errorRate > 0 && errorRate < 1))
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "The error rate must be above 0 and below 1.");
        ProbabilityChecks.Check(trueLabelProbabilities);
        var n = trueLabelProbabilities.Length;
        var place = (long)Math.Ceiling(((n + 1) * (1 - errorRate)) - 1e-9); // a hair below: 0.9 * 10 is 9, not 9.000000000000002
        if (place > n)
            return new(errorRate, null, n);
        var scores = new double[n];
        for (var sample = 0; sample < n; sample++)
            scores[sample] = 1 - trueLabelProbabilities[sample];
        Array.Sort(scores);
        return new(errorRate, scores[(int)Math.Max(1, place) - 1], n);
    }

    /// <summary>Whether a label of that probability is in the set.</summary>
    public bool Holds(double probability) => Threshold is not { } most || 1 - probability <= most;

    /// <summary>How the sets do on other samples. Null without a sample.</summary>
    /// <param name="probabilities">p, sample by sample, one for each label.</param>
    /// <param name="labelCount">2 or more.</param>
    /// <param name="trueLabels">Each sample's label, in [0, labelCount).</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public ConformalCoverage? Judge(ReadOnlySpan<double> probabilities, int labelCount, ReadOnlySpan<int> trueLabels)
    {
        if (probabilities.Length != (long)labelCount * trueLabels.Length)
            throw new ArgumentException("There must be one probability for each sample and label.", nameof(probabilities));
        if (trueLabels.IsEmpty)
            return null;
        var covered = 0;
        var sizes = new int[labelCount + 1];
        for (var sample = 0; sample < trueLabels.Length; sample++)
        {
            var ofSample = probabilities.Slice(sample * labelCount, labelCount);
            if (Holds(ofSample[trueLabels[sample]]))
                covered++;
            var size = 0;
            foreach (var probability in ofSample)
                size += Holds(probability) ? 1 : 0;
            sizes[size]++;
        }

        return new(trueLabels.Length, covered, sizes);
    }
}

/// <summary>How conformal sets did on samples that they were not calibrated on.</summary>
/// <param name="Samples">1 or more.</param>
/// <param name="Covered">How many sets hold the true label.</param>
/// <param name="Sizes">How many sets have each size, from 0 to the number of labels.</param>
public sealed record ConformalCoverage(int Samples, int Covered, IReadOnlyList<int> Sizes)
{
    /// <summary>The share of sets that hold the true label, in [0, 1].</summary>
    public double Coverage => (double)Covered / Samples;

    /// <summary>The mean number of labels in a set.</summary>
    public double MeanSize => Sizes.Select((count, size) => (double)count * size).Sum() / Samples;
}
