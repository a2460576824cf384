using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>Curves along the score of the positive label.</summary>
internal static class ScoreCurves
{
    private const int FewestBins = 30;
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>All runs in the same bins, which begin and end at round numbers.</summary>
    public static ScoreDistributions Distributions(IReadOnlyList<DrawnRun> runs)
    {
        List<double> ends = [.. runs.Select(run => run.Judged.Ranked(run.Positive).Thresholds).Where(scores => scores.Count > 0).SelectMany(scores => new[] { scores[0], scores[^1] })];
        if (ends.Count == 0)
            return new ScoreDistributions([], [.. runs.Select(run => new RunScoreCounts(run.Shown.RunId, [], []))]);
        var range = RoundRange(ends.Min(), ends.Max());
        List<Histogram> histograms = [.. runs.Select(run => CurveMemory.Of(run.Judged, (run.Positive, range), () =>
            Histogram.Create([Scores(run, positives: true), Scores(run, positives: false)], range.Bins, range.Low, range.High)!))];
        return new ScoreDistributions(histograms[0].Edges, [.. runs.Zip(histograms, (run, histogram) => new RunScoreCounts(run.Shown.RunId, histogram.Counts[0], histogram.Counts[1]))]);
    }

    /// <summary>The thresholds at which precision, recall and F1 keep their shapes, each with its operating point's figures.</summary>
    public static RunThresholds Thresholds(DrawnRun run, CurvesRequest request) => CurveMemory.Of(run.Judged, (request, run.Positive), () =>
    {
        var ranked = run.Judged.Ranked(run.Positive);
        if (!ranked.IsDefined || ranked.Thresholds.Count == 0)
            return new RunThresholds(run.Shown.RunId, []);
        double[] ascending = [.. ranked.Thresholds.Reverse()];
        var (start, end) = CurveWindow.Part(ascending, request.Span);
        var points = new OperatingPoint[end - start];
        for (var i = start; i < end; i++)
            points[i - start] = OperatingPoint.At(ranked, ascending[i]);
        return new RunThresholds(run.Shown.RunId, [.. Kept(points, request.MaxPoints).Select(point => new ThresholdFigures(point.Threshold!.Value, point.Precision, point.Recall, point.F1))], ascending[0], ascending[^1]);
    });

    /// <summary>Half of the points for precision, which is the ragged one, the rest for the others.</summary>
    private static IEnumerable<OperatingPoint> Kept(OperatingPoint[] points, int most)
    {
        if (points.Length <= most)
            return points;
        var (first, width) = (points[0].Threshold!.Value, points[^1].Threshold!.Value - points[0].Threshold!.Value);
        double[] x = [.. points.Select(point => (point.Threshold!.Value - first) / width)];
        var kept = new SortedSet<int>();
        kept.UnionWith(Thin(point => point.Precision, Math.Max(2, most / 2)));
        kept.UnionWith(Thin(point => point.Recall, Math.Max(2, most / 4)));
        kept.UnionWith(Thin(point => point.F1, Math.Max(2, most / 4)));
        return kept.Select(index => points[index]);

        IReadOnlyList<int> Thin(Func<OperatingPoint, double?> figure, int number) =>
            CurveThinning.Thin(x, [.. points.Select(point => figure(point) ?? 0)], CurveShape.Step, number).Kept;
    }

    private static IReadOnlyList<double> Scores(DrawnRun run, bool positives) =>
        [.. run.Judged.Rows.Where(row => run.Judged.Scores.TrueLabel[row] == run.Positive == positives).Select(row => run.Judged.Scores.Score(row, run.Positive))];

    private static (double Low, double High, int Bins) RoundRange(double least, double most)
    {
        var span = Math.Max(most - least, 1e-6);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / FewestBins)));
        var step = Steps.Last(factor => factor * power <= span / FewestBins * (1 + 1e-9)) * power;
        var (first, last) = (Math.Floor(least / step), Math.Floor(most / step) + 1);
        return (first * step, last * step, (int)(last - first));
    }
}
