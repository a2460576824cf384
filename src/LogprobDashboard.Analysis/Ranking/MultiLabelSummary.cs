namespace LogprobDashboard.Analysis.Ranking;

/// <summary>Average precision over several labels, each against the rest (definitions, part 2, "several labels").</summary>
/// <param name="MacroAveragePrecision">The mean of the labels' average precision, in (0, 1]; null where no label has both a positive and a negative. (sklearn
/// average_precision_score, average="macro")</param>
/// <param name="WeightedAveragePrecision">The mean weighted by support, each label's number of positives, in (0, 1]; null in the same case.
/// (average="weighted")</param>
/// <param name="LeftOut">The indexes of the labels that have no positive or no negative, ascending: to be named beside the figures.</param>
public sealed record MultiLabelSummary(double? MacroAveragePrecision, double? WeightedAveragePrecision, IReadOnlyList<int> LeftOut)
{
    /// <summary>Summarises one ranking a label, in label order.</summary>
    public static MultiLabelSummary Create(IReadOnlyList<RankedScores> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var leftOut = new List<int>();
        var (sum, weightedSum, support) = (0.0, 0.0, 0L);
        for (var label = 0; label < labels.Count; label++)
        {
            if (labels[label].AveragePrecision is not { } value)
            {
                leftOut.Add(label);
                continue;
            }

            sum += value;
            weightedSum += value * labels[label].Positives;
            support += labels[label].Positives;
        }

        var counted = labels.Count - leftOut.Count;
        return counted == 0 ? new(null, null, leftOut) : new(sum / counted, weightedSum / support, leftOut);
    }

    /// <summary>
    /// The micro-averaged ranking: every (sample, label) pair is one case, positive where the label is the sample's; its curve and average precision are read
    /// as any other's.
    /// An unscorable sample adds one unscorable positive and K - 1 unscorable negatives. (average="micro")
    /// </summary>
    /// <param name="scores">The scores by sample: sample 0's for label 0, 1, … K - 1, then sample 1's, and so on.</param>
    /// <param name="labelCount">K, 2 or more.</param>
    /// <param name="trueLabels">Each scored sample's label, in [0, K).</param>
    /// <param name="unscorable">How many samples have no score.</param>
    /// <exception cref="ArgumentException">The numbers of scores and labels do not fit, a label is out of range, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelCount"/> is below 2 or <paramref name="unscorable"/> negative.</exception>
    public static RankedScores Micro(ReadOnlySpan<double> scores, int labelCount, ReadOnlySpan<int> trueLabels, int unscorable = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(unscorable);
        if (scores.Length != (long)trueLabels.Length * labelCount)
            throw new ArgumentException("There must be one score a sample and label.", nameof(scores));

        var isPositive = new bool[scores.Length];
        for (var sample = 0; sample < trueLabels.Length; sample++)
        {
            if ((uint)trueLabels[sample] >= (uint)labelCount)
                throw new ArgumentException("A true label is out of range.", nameof(trueLabels));
            isPositive[(sample * labelCount) + trueLabels[sample]] = true;
        }

        return RankedScores.Create(scores, isPositive, unscorable, checked(unscorable * (labelCount - 1)));
    }
}
