using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>Curves of how well a run ranks.</summary>
internal static class RankingCurves
{
    /// <summary>As the view's own curve, but with its points spent on a part of it.</summary>
    public static RunPrecisionRecall PrecisionRecall(DrawnRun run, CurvesRequest request)
    {
        var ranked = run.Judged.Ranked(run.Positive);
        var kept = CurveMemory.Of(run.Judged, (request, run.Positive), () =>
        {
            var curve = ranked.PrecisionRecallCurve();
            return Points(curve, CurveWindow.Thin([.. curve.Select(point => point.Recall)], [.. curve.Select(point => point.Precision)], CurveShape.Step, request, Places(ranked, run.Shown.Argmax)));
        });
        var all = With(kept, Places(ranked, run.Shown.Chosen), place => ranked.PrecisionRecallAt(place));
        return new RunPrecisionRecall(run.Shown.RunId, [.. all.Select(point => new CurvePoint(point.Threshold, point.Precision, point.Recall))]);
    }

    public static RunRoc Roc(DrawnRun run, CurvesRequest request)
    {
        var ranked = run.Judged.Ranked(run.Positive);
        var kept = CurveMemory.Of(run.Judged, (request, run.Positive), () =>
        {
            var curve = ranked.RocCurve();
            return Points(curve, CurveWindow.Thin([.. curve.Select(point => point.FalsePositiveRate)], [.. curve.Select(point => point.TruePositiveRate)], CurveShape.Line, request, Places(ranked, run.Shown.Argmax)));
        });
        var all = With(kept, Places(ranked, run.Shown.Chosen), place => ranked.RocAt(place));
        return new RunRoc(run.Shown.RunId, ranked.RocAuc, all, At(ranked, run.Shown.Argmax), At(ranked, run.Shown.Chosen));
    }

    private static SortedList<int, TPoint> Points<TPoint>(IReadOnlyList<TPoint> curve, IReadOnlyList<int> kept)
    {
        var points = new SortedList<int, TPoint>(kept.Count);
        foreach (var index in kept)
            points.Add(index, curve[index]);
        return points;
    }

    /// <summary>The kept points, and those of the places where they lie among them: what is outside of a span stays outside.</summary>
    private static List<TPoint> With<TPoint>(SortedList<int, TPoint> kept, IReadOnlyList<int> indexes, Func<int, TPoint> at)
    {
        var points = kept.Values.ToList();
        foreach (var index in indexes.Where(index => kept.Count > 0 && index > kept.Keys[0] && index < kept.Keys[^1] && !kept.ContainsKey(index)))
            points.Insert(kept.Keys.TakeWhile(key => key < index).Count(), at(index - 1));
        return points;
    }

    /// <summary>The index of a point's threshold on the curve, which begins with the end where nothing is flagged.</summary>
    private static IReadOnlyList<int> Places(RankedScores ranked, PointFigures? point) =>
        ranked.IsDefined && point?.Threshold is { } threshold && ranked.PlaceOf(threshold) is >= 0 and var place ? [place + 1] : [];

    private static RocPoint? At(RankedScores ranked, PointFigures? point) => point is null || !ranked.IsDefined
        ? null
        : new RocPoint(point.Threshold, (double)point.FalsePositives / ranked.Negatives, (double)point.TruePositives / ranked.Positives);
}
