using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// A reliability diagram's observed rates in a resample: the bins stay those of the diagram, each resample only weighs the samples. A tie that lies in several
/// bins is in each by its share. With every weight 1 the rates are the diagram's own. Immutable.
/// </summary>
public sealed class WeightedReliability
{
    private readonly int[] _groups;
    private readonly bool[] _outcomes;
    private readonly int[] _tieEnds;
    private readonly int[] _binCounts;

    private WeightedReliability(int[] groups, bool[] outcomes, int[] tieEnds, int[] binCounts) =>
        (_groups, _outcomes, _tieEnds, _binCounts) = (groups, outcomes, tieEnds, binCounts);

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
        var (groupOf, cameTrue, tieEnds) = (new int[order.Length], new bool[order.Length], new List<int>());
        for (var rank = 0; rank < order.Length; rank++)
        {
            (groupOf[rank], cameTrue[rank]) = (groups.GroupOf[order[rank]], outcomes[order[rank]]);
            if (rank + 1 == order.Length || sorted[rank + 1] != sorted[rank])
                tieEnds.Add(rank + 1);
        }

        return new(groupOf, cameTrue, [.. tieEnds], [.. diagram.Bins.Select(bin => bin.Count)]);
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
