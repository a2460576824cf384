using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Differences of runs on the samples that both have, by a paired bootstrap and McNemar's test (definitions, part 2).</summary>
internal static class DifferenceCalculator
{
    /// <summary>By run, by baseline: known for as long as both are.</summary>
    private static readonly ConditionalWeakTable<JudgedRun, ConditionalWeakTable<JudgedRun, ConcurrentDictionary<(int Positive, ResamplingRequest Resampling, bool ScoredByBoth), PairedFigures>>> Known = [];

    /// <summary>Each run against the baseline, null in the baseline's own place; corrected for the number of runs.</summary>
    public static IReadOnlyList<AgainstBaseline?> Compute(
        IReadOnlyList<(JudgedRun Run, OperatingPoint? Point)> runs, int baseline, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var against = runs.Select((run, place) => place == baseline ? null : Against(runs[baseline], run, texts, positive, resampling, cancellationToken)).ToList();
        var corrected = HolmCorrection.Correct([.. against.Select(each => each?.Judged?.PValue)]);
        return [.. against.Select((each, place) => each is null ? null : Judge(each, corrected[place]))];
    }

    private static AgainstBaseline Judge(AgainstBaseline against, double? corrected)
    {
        var verdict = Verdicts.Of(against.Judged, corrected);
        return against with
        {
            CorrectedPValue = corrected,
            Verdict = verdict,
            SamplesToTell = verdict == Verdict.NotDistinguishable ? against.Judged!.SamplesToTell(against.Samples) : null,
        };
    }

    private static AgainstBaseline Against(
        (JudgedRun Run, OperatingPoint? Point) baseline, (JudgedRun Run, OperatingPoint? Point) run, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var pairs = Pairs(baseline.Run, run.Run);
        var known = Known.GetValue(run.Run, static _ => []).GetValue(baseline.Run, static _ => new());
        var whole = known.GetOrAdd((positive, resampling, false), _ => Measure(baseline.Run, run.Run, pairs, texts, positive, resampling, cancellationToken));
        var byBoth = known.GetOrAdd((positive, resampling, true), _ =>
        {
            List<(int Baseline, int Run)> scored = [.. pairs.Where(pair => baseline.Run.IsScored(pair.Baseline) && run.Run.IsScored(pair.Run))];
            return scored.Count == pairs.Count ? whole : Measure(baseline.Run, run.Run, scored, texts, positive, resampling, cancellationToken);
        });
        return new AgainstBaseline(
            whole.AveragePrecision,
            whole.RocAuc,
            whole.MacroAveragePrecision,
            McNemarOf(baseline, run, pairs, positive),
            whole.Samples,
            byBoth,
            CorrectedPValue: null,
            Verdict: null,
            SamplesToTell: null);
    }

    /// <summary>Rows of the samples that both runs judged.</summary>
    private static List<(int Baseline, int Run)> Pairs(JudgedRun baseline, JudgedRun run)
    {
        var rowOf = baseline.JudgedRows.ToDictionary(row => baseline.Scores.SampleIndex[row]);
        return [.. run.JudgedRows.Where(row => rowOf.ContainsKey(run.Scores.SampleIndex[row])).Select(row => (rowOf[run.Scores.SampleIndex[row]], row))];
    }

    private static PairedFigures Measure(
        JudgedRun baseline, JudgedRun run, List<(int Baseline, int Run)> pairs, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        if (resampling.IsNone || pairs.Count == 0)
            return new PairedFigures(null, null, null, pairs.Count);
        var several = run.Scores.Labels.Count > 2;
        var groups = IntervalCalculator.Groups(run, [.. pairs.Select(pair => pair.Run)], texts);
        ResampledRun[] both =
        [
            new(baseline, [.. pairs.Select(pair => pair.Baseline)], groups, positive, several),
            new(run, [.. pairs.Select(pair => pair.Run)], groups, positive, several),
        ];
        bool Fill(ReadOnlySpan<int> weights, Span<double?> figures)
        {
            for (var place = 0; place < both.Length; place++)
            {
                var ranking = both[place].Measure(weights);
                figures[place] = ranking?.AveragePrecision;
                figures[2 + place] = ranking?.RocAuc;
                figures[4 + place] = several ? both[place].MacroAveragePrecision(weights, ranking?.AveragePrecision) : null;
            }

            return figures[0] is not null;
        }

        var ones = new int[groups.Count];
        Array.Fill(ones, 1);
        var values = new double?[6];
        if (!Fill(ones, values))
            return new PairedFigures(null, null, null, pairs.Count);
        var drawn = GroupBootstrap.Measure(groups, resampling.Resamples, resampling.Seed, values.Length, Fill, cancellationToken);
        return new PairedFigures(Difference(0), Difference(2), Difference(4), pairs.Count);

        PairedDifference? Difference(int figure) => PairedDifference.Of(values[figure], values[figure + 1], drawn[figure], drawn[figure + 1]);
    }

    /// <summary>Each run at its own operating point; null where one has none.</summary>
    private static McNemar? McNemarOf((JudgedRun Run, OperatingPoint? Point) baseline, (JudgedRun Run, OperatingPoint? Point) run, List<(int Baseline, int Run)> pairs, int positive)
    {
        if (baseline.Point is not { } first || run.Point is not { } second)
            return null;
        return McNemar.Test(
            [.. pairs.Select(pair => IsRight(baseline.Run, pair.Baseline, positive, first))],
            [.. pairs.Select(pair => IsRight(run.Run, pair.Run, positive, second))]);
    }

    private static bool IsRight(JudgedRun run, int row, int positive, OperatingPoint point) =>
        run.IsScored(row) && (run.Scores.Score(row, positive) >= (point.Threshold ?? double.PositiveInfinity)) == (run.Scores.TrueLabel[row] == positive);
}
