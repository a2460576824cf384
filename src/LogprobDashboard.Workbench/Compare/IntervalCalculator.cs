using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Confidence intervals of one run's figures (definitions, part 2). What does not depend on a threshold is computed once and kept with the run's columns.</summary>
internal static class IntervalCalculator
{
    private const int AveragePrecision = 0, RocAuc = 1, Macro = 2, MacroF1 = 3, Log = 4, Brier = 5, Ece = 6, ArgmaxF1 = 7, FigureCount = 8;

    private static readonly ConditionalWeakTable<JudgedRun, ConcurrentDictionary<(int Positive, ResamplingRequest Resampling), RunIntervals>> Known = [];

    private static readonly ConditionalWeakTable<JudgedRun, ConcurrentDictionary<(int Positive, double Threshold, int Resamples, long Seed), ConfidenceInterval?>> KnownF1 = [];

    /// <summary>Null where nothing is to be drawn, or there is no judged sample.</summary>
    public static RunIntervals? Compute(JudgedRun run, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        if (resampling.IsNone || run.JudgedRows.Count == 0)
            return null;
        var known = Known.GetValue(run, static _ => new());
        if (!known.TryGetValue((positive, resampling), out var intervals))
            known[(positive, resampling)] = intervals = Draw(run, texts, positive, resampling, cancellationToken);
        return intervals;
    }

    /// <summary>With the intervals of an operating point: shares by Wilson, F1 by resampling; known for as long as the run is.</summary>
    public static RunIntervals WithPoint(RunIntervals intervals, JudgedRun run, ulong[] texts, int positive, OperatingPoint? point, CancellationToken cancellationToken)
    {
        if (point is null)
            return intervals;
        var f1 = point.Threshold is { } threshold
            ? KnownF1.GetValue(run, static _ => new()).GetOrAdd((positive, threshold, intervals.Resamples, intervals.Seed), _ => F1(intervals, run, texts, positive, threshold, cancellationToken))
            : null;
        return Shares(intervals, ComparedRuns.Figures(point)) with { F1 = f1 };
    }

    /// <summary>Precision and recall of an operating point, by Wilson: no resampling.</summary>
    public static RunIntervals Shares(RunIntervals intervals, PointFigures point) => intervals with
    {
        Precision = ConfidenceInterval.OfProportion(point.TruePositives, (long)point.TruePositives + point.FalsePositives),
        Recall = ConfidenceInterval.OfProportion(point.TruePositives, (long)point.TruePositives + point.FalseNegatives + point.UnscorablePositives),
    };

    private static ConfidenceInterval? F1(RunIntervals intervals, JudgedRun run, ulong[] texts, int positive, double threshold, CancellationToken cancellationToken)
    {
        var groups = Groups(run, run.JudgedRows, texts);
        var (right, counted) = F1Counts(run, groups, positive, row => run.Scores.Score(row, positive) >= threshold);
        var drawn = GroupBootstrap.Measure(groups, intervals.Resamples, intervals.Seed, 1, (weights, figures) => (figures[0] = F1(weights, right, counted)) is not null, cancellationToken);
        return ConfidenceInterval.OfPercentiles(drawn[0]);
    }

    /// <summary>By group: TP, and flagged + positives = 2 TP + FP + FN. An unscorable sample is never flagged.</summary>
    private static (int[] Right, int[] Counted) F1Counts(JudgedRun run, SampleGroups groups, int positive, Func<int, bool> isFlagged)
    {
        var (right, counted) = (new int[groups.Count], new int[groups.Count]);
        for (var i = 0; i < run.JudgedRows.Count; i++)
        {
            var (row, group) = (run.JudgedRows[i], groups.GroupOf[i]);
            var isPositive = run.Scores.TrueLabel[row] == positive;
            var flagged = run.IsScored(row) && isFlagged(row);
            right[group] += isPositive && flagged ? 1 : 0;
            counted[group] += (isPositive ? 1 : 0) + (flagged ? 1 : 0);
        }

        return (right, counted);
    }

    private static double? F1(ReadOnlySpan<int> weights, int[] right, int[] counted)
    {
        long found = 0, all = 0;
        for (var group = 0; group < weights.Length; group++)
        {
            found += (long)weights[group] * right[group];
            all += (long)weights[group] * counted[group];
        }

        return all > 0 ? 2.0 * found / all : null;
    }

    public static SampleGroups Groups(JudgedRun run, IReadOnlyList<int> rows, ulong[] texts) => SampleGroups.ByKey(rows.Select(row => texts[run.Scores.SampleIndex[row]]));

    private static RunIntervals Draw(JudgedRun run, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var groups = Groups(run, run.JudgedRows, texts);
        var several = run.Scores.Labels.Count > 2;
        var resampled = new ResampledRun(run, run.JudgedRows, groups, positive, several);
        var (log, brier, scored) = resampled.Losses(positive);
        var (probabilities, outcomes) = MetricsCalculator.ReliabilityCases(run, positive);
        var reliability = WeightedReliability.Create(probabilities, outcomes, groups.Of(run.ScoredPlaces()), ReliabilityDiagram.EqualMass(probabilities, outcomes));
        var (right, counted) = F1Counts(run, groups, positive, row => run.Scores.Predicted[row] == positive);
        var drawn = GroupBootstrap.Measure(
            groups,
            resampling.Resamples,
            resampling.Seed,
            FigureCount,
            (weights, figures) =>
            {
                var ranking = resampled.Measure(weights);
                (figures[AveragePrecision], figures[RocAuc]) = (ranking?.AveragePrecision, ranking?.RocAuc);
                figures[MacroF1] = resampled.MacroF1(weights);
                (figures[Log], figures[Brier]) = Means(weights, log, brier, scored);
                figures[Ece] = reliability.ExpectedCalibrationError(weights);
                figures[ArgmaxF1] = F1(weights, right, counted);
                if (several)
                    figures[Macro] = resampled.MacroAveragePrecision(weights, ranking?.AveragePrecision);
                return ranking is not null || run.Ranked(positive).AveragePrecision is null;
            },
            cancellationToken);
        var samples = run.JudgedRows.Count;
        var ranked = run.Ranked(positive);
        return new RunIntervals(
            resampling.Resamples,
            resampling.Seed,
            groups.Count,
            ConfidenceInterval.OfLogit(ranked.AveragePrecision, drawn[AveragePrecision], samples),
            ConfidenceInterval.OfLogit(ranked.RocAuc, drawn[RocAuc], samples),
            several ? ConfidenceInterval.OfPercentiles(drawn[Macro]) : null,
            ConfidenceInterval.OfPercentiles(drawn[MacroF1]),
            ConfidenceInterval.OfProportion(run.Confusion().Correct, run.Confusion().Total),
            ConfidenceInterval.OfPercentiles(drawn[Log]),
            ConfidenceInterval.OfPercentiles(drawn[Brier]),
            Ece: ConfidenceInterval.OfPercentiles(drawn[Ece]),
            ArgmaxF1: ConfidenceInterval.OfPercentiles(drawn[ArgmaxF1]));
    }

    private static (double? Log, double? Brier) Means(ReadOnlySpan<int> weights, double[] log, double[] brier, int[] scored)
    {
        double logs = 0, briers = 0, count = 0;
        for (var group = 0; group < weights.Length; group++)
        {
            logs += weights[group] * log[group];
            briers += weights[group] * brier[group];
            count += weights[group] * scored[group];
        }

        return count > 0 ? (logs / count, briers / count) : (null, null);
    }
}
