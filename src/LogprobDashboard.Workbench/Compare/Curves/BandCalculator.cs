using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>
/// Pointwise percentile bands of one run's curve, over the same groups, resamples and seed as its intervals. Worked out once and kept with the run's columns.
/// </summary>
internal static class BandCalculator
{
    private const int Places = 101;

    private static readonly double[] Grid = [.. Enumerable.Range(0, Places).Select(place => place / (Places - 1.0))];
    private static readonly ConditionalWeakTable<JudgedRun, ConcurrentDictionary<(ComparedCurve Curve, int Positive, CurveChoice Choice, ResamplingRequest Resampling), IReadOnlyList<RunBand>>> Known = [];

    public static IReadOnlyList<RunBand> Compute(DrawnRun run, ulong[] texts, CurvesRequest request, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        if (!HasBands(run, request))
            return [];
        var known = Known.GetValue(run.Judged, static _ => new());
        var key = KeyOf(run, request, resampling);
        if (!known.TryGetValue(key, out var bands))
            known[key] = bands = Draw(run, texts, request, resampling, cancellationToken);
        return bands;
    }

    /// <summary>Null where they have yet to be worked out.</summary>
    public static IReadOnlyList<RunBand>? Find(DrawnRun run, CurvesRequest request, ResamplingRequest resampling) =>
        !HasBands(run, request) ? [] : Known.TryGetValue(run.Judged, out var known) && known.TryGetValue(KeyOf(run, request, resampling), out var bands) ? bands : null;

    private static bool HasBands(DrawnRun run, CurvesRequest request) =>
        run.Judged.JudgedRows.Count > 0 && (run.Judged.Ranked(run.Positive).IsDefined || request.Curve is ComparedCurve.Reliability or ComparedCurve.RiskCoverage);

    private static (ComparedCurve, int, CurveChoice, ResamplingRequest) KeyOf(DrawnRun run, CurvesRequest request, ResamplingRequest resampling) => (request.Curve, run.Positive, request.Choice, resampling);

    private static IReadOnlyList<RunBand> Draw(DrawnRun run, ulong[] texts, CurvesRequest request, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var groups = IntervalCalculator.Groups(run.Judged, run.Judged.JudgedRows, texts);
        var (x, measure, metrics) = request.Curve switch
        {
            ComparedCurve.Roc => Roc(run, groups),
            ComparedCurve.Reliability => Reliability(run, groups, request.Choice.EqualWidth),
            ComparedCurve.RiskCoverage => RiskCoverage(run, groups, request.Choice.ByMargin),
            ComparedCurve.Thresholds => Thresholds(run, groups),
            _ => PrecisionRecall(run, groups),
        };
        if (x.Length == 0)
            return [];
        var drawn = GroupBootstrap.Measure(groups, resampling.Resamples, resampling.Seed, x.Length * metrics.Length, measure, cancellationToken);
        return [.. metrics.Select((metric, part) => new RunBand(run.Shown.RunId, metric, [.. x
            .Select((at, place) => (At: at, Interval: ConfidenceInterval.OfPercentiles(drawn[(part * x.Length) + place])))
            .Where(point => point.Interval is not null)
            .Select(point => new BandPoint(point.At, point.Interval!.Low, point.Interval.High))]))];
    }

    private static (double[] X, ResampleMeasure Measure, ThresholdMetric?[] Metrics) PrecisionRecall(DrawnRun run, SampleGroups groups)
    {
        var ranking = Ranking(run, groups);
        return (Grid, (weights, figures) => ranking.PrecisionAt(weights, Grid, figures), [null]);
    }

    private static (double[] X, ResampleMeasure Measure, ThresholdMetric?[] Metrics) Roc(DrawnRun run, SampleGroups groups)
    {
        var ranking = Ranking(run, groups);
        return (Grid, (weights, figures) => ranking.TruePositiveRateAt(weights, Grid, figures), [null]);
    }

    /// <summary>Certainties in the place of scores, errors in that of positives: an unscorable sample is an error, and last.</summary>
    private static (double[] X, ResampleMeasure Measure, ThresholdMetric?[] Metrics) RiskCoverage(DrawnRun run, SampleGroups groups, bool byMargin)
    {
        var (judged, scores) = (run.Judged, run.Judged.Scores);
        double[] certainty = [.. judged.JudgedRows.Select(row => judged.IsScored(row) ? CalibrationCurves.Certainty(scores, row, byMargin) : double.NegativeInfinity)];
        bool[] isError = [.. judged.JudgedRows.Select(row => !judged.IsScored(row) || scores.Predicted[row] != scores.TrueLabel[row])];
        var ranking = WeightedRanking.Create(certainty, isError, groups);
        var coverages = Grid[1..];
        return (coverages, (weights, figures) => ranking.RiskAt(weights, coverages, figures), [null]);
    }

    /// <summary>Scored samples alone are in the diagram; the resamples are drawn over all, so that they are those of the intervals.</summary>
    private static (double[] X, ResampleMeasure Measure, ThresholdMetric?[] Metrics) Reliability(DrawnRun run, SampleGroups groups, bool equalWidth)
    {
        var (diagram, probabilities, outcomes) = CalibrationCurves.Diagram(run, equalWidth);
        var weighted = WeightedReliability.Create(probabilities, outcomes, groups.Of(run.Judged.ScoredPlaces()), diagram);
        return ([.. diagram.Bins.Select(bin => bin.MeanProbability)], (weights, figures) => Measure(weighted, weights, figures), [null]);

        static bool Measure(WeightedReliability weighted, ReadOnlySpan<int> weights, Span<double?> figures)
        {
            weighted.Measure(weights, figures);
            return true;
        }
    }

    private static (double[] X, ResampleMeasure Measure, ThresholdMetric?[] Metrics) Thresholds(DrawnRun run, SampleGroups groups)
    {
        var ranked = run.Judged.Ranked(run.Positive);
        if (ranked.Thresholds.Count == 0)
            return ([], (_, _) => true, []);
        var (high, low) = (ranked.Thresholds[0], ranked.Thresholds[^1]);
        double[] thresholds = [.. Grid.Select(share => (low * share) + (high * (1 - share)))];
        int[] flagged = [.. thresholds.Select(threshold => ranked.PlaceOf(threshold)).Select(place => place < 0 ? 0 : ranked.TruePositives[place] + ranked.FalsePositives[place])];
        var ranking = Ranking(run, groups);
        double[] ascending = [.. thresholds.Reverse()];
        return (ascending, Measure, [ThresholdMetric.Precision, ThresholdMetric.Recall, ThresholdMetric.F1]);

        bool Measure(ReadOnlySpan<int> weights, Span<double?> figures)
        {
            var precisions = figures[..Places];
            var recalls = figures[Places..(2 * Places)];
            var f1s = figures[(2 * Places)..];
            if (!ranking.FiguresAt(weights, flagged, precisions, recalls, f1s))
                return false;
            precisions.Reverse();
            recalls.Reverse();
            f1s.Reverse();
            return true;
        }
    }

    private static WeightedRanking Ranking(DrawnRun run, SampleGroups groups)
    {
        var (scores, isPositive) = run.Judged.Cases(run.Positive);
        return WeightedRanking.Create(scores, isPositive, groups);
    }
}
