using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Confidence intervals of one run's figures (definitions, part 2). What does not depend on a threshold is computed once and kept with the run's columns.</summary>
internal static class IntervalCalculator
{
    private const int AveragePrecision = 0, RocAuc = 1, Macro = 2, MacroF1 = 3, Log = 4, Brier = 5, FigureCount = 6;

    private static readonly ConditionalWeakTable<RunScores, ConcurrentDictionary<(int Positive, string? Source, ResamplingRequest Resampling), RunIntervals>> Known = [];

    /// <summary>Null where nothing is to be drawn, or there is no judged sample.</summary>
    public static RunIntervals? Compute(JudgedRun run, string? source, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        if (resampling.IsNone || run.JudgedRows.Count == 0)
            return null;
        var known = Known.GetValue(run.Scores, static _ => new());
        if (!known.TryGetValue((positive, source, resampling), out var intervals))
            known[(positive, source, resampling)] = intervals = Draw(run, texts, positive, resampling, cancellationToken);
        return intervals;
    }

    /// <summary>With the intervals of an operating point: shares by Wilson, F1 by resampling.</summary>
    public static RunIntervals WithPoint(RunIntervals intervals, JudgedRun run, ulong[] texts, int positive, OperatingPoint? point, CancellationToken cancellationToken)
    {
        if (point is null)
            return intervals;
        ConfidenceInterval? f1 = null;
        if (point.Threshold is { } threshold)
        {
            var groups = Groups(run, run.JudgedRows, texts);
            var resampled = new ResampledRun(run, run.JudgedRows, groups, positive, allLabels: false);
            var drawn = GroupBootstrap.Measure(groups, intervals.Resamples, intervals.Seed, 1, (weights, figures) => (figures[0] = resampled.F1(weights, positive, threshold)) is not null, cancellationToken);
            f1 = ConfidenceInterval.OfPercentiles(drawn[0]);
        }

        return Shares(intervals, point) with { F1 = f1 };
    }

    /// <summary>Precision and recall of an operating point, by Wilson: no resampling.</summary>
    public static RunIntervals Shares(RunIntervals intervals, OperatingPoint point) => intervals with
    {
        Precision = ConfidenceInterval.OfProportion(point.TruePositives, (long)point.TruePositives + point.FalsePositives),
        Recall = ConfidenceInterval.OfProportion(point.TruePositives, point.Positives),
    };

    public static SampleGroups Groups(JudgedRun run, IReadOnlyList<int> rows, ulong[] texts) => SampleGroups.ByKey(rows.Select(row => texts[run.Scores.SampleIndex[row]]));

    private static RunIntervals Draw(JudgedRun run, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var groups = Groups(run, run.JudgedRows, texts);
        var several = run.Scores.Labels.Count > 2;
        var resampled = new ResampledRun(run, run.JudgedRows, groups, positive, several);
        var (log, brier, scored) = resampled.Losses(positive);
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
            ConfidenceInterval.OfPercentiles(drawn[Brier]));
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
