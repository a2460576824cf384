using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>Precision against recall, as steps, with the share of positives; lines of equal F1 on request.</summary>
public sealed class PrecisionRecallSeries(CurveContext context) : RunCurves
{
    private static readonly string[] Columns = ["Log odds", "Probability", "Precision", "Recall"];
    private static readonly double[] GuideLevels = [0.2, 0.4, 0.6, 0.8];
    private const int GuidePoints = 60;

    public override bool Has(CompareRow row) => row.Run.Curve.Count > 0;

    public override string Figure(CompareRow row) => $"AP {Figures.Score(row.Run.AveragePrecision)}";

    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows)
    {
        var shares = SharesOfPositives(rows);
        return new ChartDefinition(
            context.HasSeveralLabels ? $"Precision and recall of {context.Positive}" : "Precision and recall",
            $"Precision against recall of the label {context.Positive}, one curve a run. Average precision: {CurveContext.Listed(rows, row => row.Run.AveragePrecision)}. The table holds every point.",
            new ChartAxis("Recall", 0, 1, 5, 1),
            new ChartAxis("Precision", 0, 1, 5, 1),
            Columns,
            [.. rows.Select(row => CurveContext.Series(row, ChartLine.StepBefore, PointsOf(row).Select(Point)))],
            context.State.EqualF1 ? [.. GuideLevels.Select(Guide)] : [],
            [.. rows.SelectMany(Marks)],
            [.. shares.Select(share => new ChartReference(share, "var(--soft)"))],
            [.. Notes(shares), .. context.BandNotes()])
        {
            Bands = context.Bands(rows),
            LinksHandles = context.LinksHandles,
        };
    }

    /// <summary>The view's curve, or its part that is looked at more closely.</summary>
    private IReadOnlyList<CurvePoint> PointsOf(CompareRow row) =>
        context.Curves.PrecisionRecall?.FirstOrDefault(run => run.RunId == row.Run.RunId)?.Points ?? row.Run.Curve;

    private static ChartPoint Point(CurvePoint point) => new(
        point.Recall,
        point.Precision,
        [.. CurveContext.ThresholdWords(point.Threshold, point.Recall == 0), Figures.Decimals(point.Precision, 4), Figures.Decimals(point.Recall, 4)])
    {
        Key = point.Threshold,
    };

    /// <summary>All points of equal F1: P = F R / (2 R - F), from where P is 1.</summary>
    private static ChartGuide Guide(double level)
    {
        var first = level / (2 - level);
        var recalls = Enumerable.Range(0, GuidePoints + 1).Select(step => first + ((1 - first) * step / GuidePoints));
        return new ChartGuide($"F1 {Figures.Decimals(level, 1)}", (1, first), [.. recalls.Select(recall => (recall, Math.Min(1, level * recall / ((2 * recall) - level))))]);
    }

    private static IEnumerable<ChartMark> Marks(CompareRow row)
    {
        if (row.Run.Argmax is { Precision: { } precision, Recall: { } recall })
            yield return new ChartMark(recall, precision, row.Color, Full: false);
        if (row.Run.Chosen is { Precision: { } chosenPrecision, Recall: { } chosenRecall })
            yield return CurveContext.Chosen(row, chosenRecall, chosenPrecision);
    }

    /// <summary>What flagging every sample gives: the last point of a curve, where it flags them all.</summary>
    private static IReadOnlyList<double> SharesOfPositives(IReadOnlyList<CompareRow> rows) =>
        [.. rows.Select(row => row.Run.Curve[^1]).Where(point => point.Recall == 1).Select(point => point.Precision).Distinct().Order()];

    private List<ChartNote> Notes(IReadOnlyList<double> shares)
    {
        List<ChartNote> notes = [new(ChartGlyph.HollowCircle, "argmax"), new(ChartGlyph.FullCircle, "chosen threshold")];
        if (shares.Count > 0)
            notes.Add(new ChartNote(ChartGlyph.DottedLine, $"share of {context.Positive}, {string.Join(" and ", shares.Select(share => Figures.Score(share)))}"));
        if (context.State.EqualF1)
            notes.Add(new ChartNote(ChartGlyph.PaleDashes, $"equal F1: {string.Join(", ", GuideLevels.Select(level => Figures.Decimals(level, 1)))}"));
        return notes;
    }
}
