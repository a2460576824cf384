using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>A run laid out for the bootstrap: rankings and losses by rank and group, so that a resample only has to weigh them.</summary>
internal sealed class ResampledRun
{
    private readonly JudgedRun _run;
    private readonly IReadOnlyList<int> _rows;
    private readonly SampleGroups _groups;
    private readonly WeightedRanking _ranking;
    private readonly WeightedRanking[] _others;

    /// <param name="run">The run.</param>
    /// <param name="rows">Which of its rows: answered, with a true label.</param>
    /// <param name="groups">The rows' groups.</param>
    /// <param name="positive">The positive label.</param>
    /// <param name="allLabels">Whether the other labels are ranked too.</param>
    public ResampledRun(JudgedRun run, IReadOnlyList<int> rows, SampleGroups groups, int positive, bool allLabels)
    {
        (_run, _rows, _groups) = (run, rows, groups);
        _ranking = Rank(positive);
        _others = allLabels ? [.. Enumerable.Range(0, run.Scores.Labels.Count).Where(label => label != positive).Select(Rank)] : [];
    }

    /// <summary>Average precision and AUC of the positive label; null where a class is empty.</summary>
    public (double AveragePrecision, double RocAuc)? Measure(ReadOnlySpan<int> weights) => _ranking.Measure(weights);

    /// <summary>The mean over the labels that have a positive and a negative; null where none has.</summary>
    public double? MacroAveragePrecision(ReadOnlySpan<int> weights, double? ofPositive)
    {
        var (sum, count) = (ofPositive ?? 0, ofPositive is null ? 0 : 1);
        foreach (var other in _others)
        {
            if (other.Measure(weights) is { } figures)
                (sum, count) = (sum + figures.AveragePrecision, count + 1);
        }

        return count > 0 ? sum / count : null;
    }

    /// <summary>The means of the losses by group, and the confusion by group, for figures that are sums over samples.</summary>
    public (double[] LogLoss, double[] Brier, int[] Scored) Losses(int positive)
    {
        var labels = _run.Scores.Labels.Count;
        var (log, brier, scored) = (new double[_groups.Count], new double[_groups.Count], new int[_groups.Count]);
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!_run.IsScored(_rows[i]))
                continue;
            var (row, group) = (_rows[i], _groups.GroupOf[i]);
            var truth = _run.Scores.TrueLabel[row];
            scored[group]++;
            log[group] += LogLoss.OfTrueLabel(_run.Scores.Probability(row, truth));
            if (labels == 2)
            {
                brier[group] += Square(_run.Scores.Probability(row, positive) - (truth == positive ? 1 : 0));
                continue;
            }

            for (var label = 0; label < labels; label++)
                brier[group] += Square(_run.Scores.Probability(row, label) - (truth == label ? 1 : 0));
        }

        return (log, brier, scored);
    }

    /// <summary>Macro F1 of the predicted labels, over the labels that occur; null where none does.</summary>
    public double? MacroF1(ReadOnlySpan<int> weights)
    {
        var labels = _run.Scores.Labels.Count;
        Span<long> right = stackalloc long[labels];
        Span<long> counted = stackalloc long[labels]; // as true or as predicted label: 2 TP + FP + FN
        right.Clear();
        counted.Clear();
        for (var i = 0; i < _rows.Count; i++)
        {
            var weight = weights[_groups.GroupOf[i]];
            var (truth, predicted) = (_run.Scores.TrueLabel[_rows[i]], _run.Scores.Predicted[_rows[i]]);
            counted[truth] += weight;
            if (predicted >= 0)
                counted[predicted] += weight;
            if (predicted == truth)
                right[truth] += weight;
        }

        var (sum, occurring) = (0.0, 0);
        for (var label = 0; label < labels; label++)
        {
            if (counted[label] > 0)
                (sum, occurring) = (sum + (2.0 * right[label] / counted[label]), occurring + 1);
        }

        return occurring > 0 ? sum / occurring : null;
    }

    private WeightedRanking Rank(int label)
    {
        var (scores, isPositive) = (new double[_rows.Count], new bool[_rows.Count]);
        for (var i = 0; i < _rows.Count; i++)
        {
            scores[i] = _run.IsScored(_rows[i]) ? _run.Scores.Score(_rows[i], label) : double.NegativeInfinity;
            isPositive[i] = _run.Scores.TrueLabel[_rows[i]] == label;
        }

        return WeightedRanking.Create(scores, isPositive, _groups);
    }

    private static double Square(double value) => value * value;
}
