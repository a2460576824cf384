namespace LogprobDashboard.Analysis.Ranking;

/// <summary>How far average precision may be from its value because masses are censored or unseen (definitions, part 2, "censoring is never hidden").</summary>
public static class AveragePrecisionRange
{
    /// <summary>
    /// Average precision at both ends of the scores' intervals. Low: positives at their lower end, negatives at their upper end; high: the reverse. Both in (0,
    /// 1].
    /// Ties share a threshold as everywhere, and tied positives share the precision of their whole block, so that on scores with ties the value itself can lie
    /// a little outside of the two ends:
    /// pass it, and the range is widened to hold it.
    /// </summary>
    /// <param name="low">Each sample's lower bound; may be infinite, not NaN.</param>
    /// <param name="high">Each sample's upper bound, at least the lower; may be infinite, not NaN.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <param name="unscorablePositives">Positives without a score: below every bound, as in <see cref="RankedScores"/>.</param>
    /// <param name="unscorableNegatives">Negatives without a score.</param>
    /// <param name="averagePrecision">The value that the range stands beside; null: nothing is widened.</param>
    /// <returns>The range, Low at most High; null without a positive or without a negative.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, a bound is NaN, or a lower bound is above its upper.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of unscorable samples is negative.</exception>
    public static (double Low, double High)? Compute(
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> high,
        ReadOnlySpan<bool> isPositive,
        int unscorablePositives = 0,
        int unscorableNegatives = 0,
        double? averagePrecision = null)
    {
        if (low.Length != high.Length || low.Length != isPositive.Length)
            throw new ArgumentException("There must be as many lower bounds, upper bounds and labels.", nameof(high));
        for (var sample = 0; sample < low.Length; sample++)
            if (!(low[sample] <= high[sample]))
                throw new ArgumentException("A lower bound must not be above its upper bound, and neither NaN.", nameof(low));

        var scores = new double[low.Length];
        Choose(low, high, isPositive, scores);
        var lowest = RankedScores.CreateUnbounded(scores, isPositive, unscorablePositives, unscorableNegatives).AveragePrecision;
        Choose(high, low, isPositive, scores);
        var highest = RankedScores.CreateUnbounded(scores, isPositive, unscorablePositives, unscorableNegatives).AveragePrecision;
        if (lowest is not { } first || highest is not { } second)
            return null;

        var value = averagePrecision ?? first;
        return (Math.Min(value, Math.Min(first, second)), Math.Max(value, Math.Max(first, second)));
    }

    private static void Choose(ReadOnlySpan<double> ofPositives, ReadOnlySpan<double> ofNegatives, ReadOnlySpan<bool> isPositive, Span<double> scores)
    {
        for (var sample = 0; sample < scores.Length; sample++)
            scores[sample] = isPositive[sample] ? ofPositives[sample] : ofNegatives[sample];
    }
}
