using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Ranking;

/// <summary>
/// Average precision and ROC AUC of a resample: the samples are sorted once, each resample only weighs them. With every weight 1 they are those of
/// <see cref="RankedScores"/>. Immutable.
/// </summary>
public sealed partial class WeightedRanking
{
    private const int PositiveBit = 1;
    private const int EndsTieBit = 2;
    private const int GroupShift = 2;

    private readonly int[] _ranked;

    private WeightedRanking(int[] ranked) => _ranked = ranked;

    /// <summary>Sorts scores, highest first; samples with negative infinity, the unscorable ones, are one last tied block.</summary>
    /// <param name="scores">Finite, or negative infinity for an unscorable sample.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <param name="groups">The groups whose weights are given later.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN or positive infinity.</exception>
    public static WeightedRanking Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, SampleGroups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (scores.Length != isPositive.Length || scores.Length != groups.Samples)
            throw new ArgumentException("There must be as many scores, labels and grouped samples.", nameof(scores));
        var keys = new double[scores.Length];
        var order = new int[scores.Length];
        for (var sample = 0; sample < scores.Length; sample++)
        {
            if (!(scores[sample] < double.PositiveInfinity))
                throw new ArgumentException("A score must be finite, or negative infinity where there is none.", nameof(scores));
            (keys[sample], order[sample]) = (-scores[sample], sample);
        }

        Array.Sort(keys, order);
        var ranked = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            var endsTie = rank + 1 == order.Length || keys[rank + 1] != keys[rank];
            ranked[rank] = (groups.GroupOf[order[rank]] << GroupShift) | (isPositive[order[rank]] ? PositiveBit : 0) | (endsTie ? EndsTieBit : 0);
        }

        return new(ranked);
    }

    /// <summary>Both figures, each in [0, 1].</summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <returns>Null where no positive, or no negative, has any weight.</returns>
    public (double AveragePrecision, double RocAuc)? Measure(ReadOnlySpan<int> weights)
    {
        long positives = 0, negatives = 0, positivesBefore = 0, negativesBefore = 0;
        double precisions = 0, pairs = 0;
        foreach (var sample in _ranked)
        {
            var weight = weights[sample >> GroupShift];
            if ((sample & PositiveBit) != 0)
                positives += weight;
            else
                negatives += weight;
            if ((sample & EndsTieBit) == 0)
                continue;
            if (positives != positivesBefore)
                precisions += (positives - positivesBefore) * (double)positives / (positives + negatives);
            pairs += (negatives - negativesBefore) * ((positives + positivesBefore) * 0.5);
            (positivesBefore, negativesBefore) = (positives, negatives);
        }

        return positives > 0 && negatives > 0 ? (precisions / positives, pairs / positives / negatives) : null;
    }
}
