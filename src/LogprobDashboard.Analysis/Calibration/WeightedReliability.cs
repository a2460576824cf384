using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// A reliability diagram in a resample. Its observed rates: the bins stay those of the diagram, each resample only weighs the samples. Its expected calibration error: in bins of equal mass that
/// are cut anew. A tie that lies in several bins is in each by its share. With every weight 1 both are the diagram's own. Immutable.
/// </summary>
public sealed class WeightedReliability
{
    private readonly int[] _groups;
    private readonly bool[] _outcomes;
    private readonly int[] _tieEnds;
    private readonly double[] _tieProbabilities;
    private readonly int[] _binCounts;

    private WeightedReliability(int[] groups, bool[] outcomes, int[] tieEnds, double[] tieProbabilities, int[] binCounts) =>
        (_groups, _outcomes, _tieEnds, _tieProbabilities, _binCounts) = (groups, outcomes, tieEnds, tieProbabilities, binCounts);

    /// <param name="probabilities">Those of the diagram.</param>
    /// <param name="outcomes">Those of the diagram.</param>
    /// <param name="groups">The samples' groups, whose weights are given later.</param>
    /// <param name="diagram">Over the same samples.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the diagram is of another number of samples.</exception>
    public static WeightedReliability Create(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, SampleGroups groups, ReliabilityDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(diagram);
        ProbabilityChecks.Check(probabilities, outcomes.Length);
        if (groups.Samples != probabilities.Length || diagram.Bins.Sum(bin => bin.Count) != probabilities.Length)
            throw new ArgumentException("The groups and the diagram must be of the same samples.", nameof(groups));
        var (sorted, order) = (probabilities.ToArray(), new int[probabilities.Length]);
        for (var sample = 0; sample < order.Length; sample++)
            order[sample] = sample;
        Array.Sort(sorted, order);
        var (groupOf, cameTrue) = (new int[order.Length], new bool[order.Length]);
        var (tieEnds, tieProbabilities) = (new List<int>(), new List<double>());
        for (var rank = 0; rank < order.Length; rank++)
        {
            (groupOf[rank], cameTrue[rank]) = (groups.GroupOf[order[rank]], outcomes[order[rank]]);
            if (rank + 1 < order.Length && sorted[rank + 1] == sorted[rank])
                continue;
            tieEnds.Add(rank + 1);
            tieProbabilities.Add(sorted[rank]);
        }

        return new(groupOf, cameTrue, [.. tieEnds], [.. tieProbabilities], [.. diagram.Bins.Select(bin => bin.Count)]);
    }

    /// <summary>The resample's ECE over bins of equal mass, in [0, 1]: that of <see cref="ReliabilityDiagram.EqualMass"/> over each sample as often as its weight says. Null where no sample has any weight.</summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="binCount">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="binCount"/> is below 1.</exception>
    public double? ExpectedCalibrationError(ReadOnlySpan<int> weights, int binCount = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        long total = 0;
        foreach (var group in _groups)
            total += weights[group];
        if (total == 0)
            return null;
        var (size, larger) = Math.DivRem(total, binCount);
        var (bin, left, gap, error) = (0, SizeOf(0), 0.0, 0.0);
        for (int tie = 0, start = 0; tie < _tieEnds.Length; start = _tieEnds[tie++])
        {
            var (weight, right) = Weigh(weights, start, _tieEnds[tie]);
            for (var remaining = weight; remaining > 0;)
            {
                var taken = Math.Min(remaining, left);
                gap += taken * (_tieProbabilities[tie] - ((double)right / weight));
                (remaining, left) = (remaining - taken, left - taken);
                if (left > 0)
                    continue;
                (error, gap) = (error + Math.Abs(gap), 0);
                left = SizeOf(++bin);
            }
        }

        return Math.Min(1, error / total);

        long SizeOf(int place) => size + (place < larger ? 1 : 0);
    }

    /// <summary>Each bin's observed rate, in [0, 1]; null where none of its samples has any weight.</summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="rates">One a bin of the diagram; to be filled.</param>
    public void Measure(ReadOnlySpan<int> weights, Span<double?> rates)
    {
        var (bin, left, weighed, cameTrue) = (0, _binCounts.Length > 0 ? _binCounts[0] : 0, 0.0, 0.0);
        var start = 0;
        foreach (var end in _tieEnds)
        {
            var (weight, right) = Weigh(weights, start, end);
            for (var remaining = end - start; remaining > 0;)
            {
                var taken = Math.Min(remaining, left);
                var share = (double)taken / (end - start);
                (weighed, cameTrue) = (weighed + (share * weight), cameTrue + (share * right));
                (remaining, left) = (remaining - taken, left - taken);
                if (left > 0)
                    continue;
                rates[bin++] = weighed > 0 ? Math.Min(1, cameTrue / weighed) : null;
                (left, weighed, cameTrue) = (bin < _binCounts.Length ? _binCounts[bin] : 0, 0, 0);
            }

            start = end;
        }
    }

    private (long Weight, long CameTrue) Weigh(ReadOnlySpan<int> weights, int start, int end)
    {
        long weight = 0, right = 0;
        for (var rank = start; rank < end; rank++)
        {
            weight += weights[_groups[rank]];
            right += _outcomes[rank] ? weights[_groups[rank]] : 0;
        }

        return (weight, right);
    }
}
