using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>The true positive rate against the false one, with the diagonal of chance.</summary>
public sealed class RocSeries(CurveContext context) : RunCurves
{
    private static readonly string[] Columns = ["Log odds", "Probability", "True positive rate", "False positive rate"];
    private readonly Dictionary<string, RunRoc> _runs = (context.Curves.Roc ?? []).ToDictionary(run => run.RunId);

    public override bool Has(CompareRow row) => _runs.TryGetValue(row.Run.RunId, out var run) && run.Area is not null;

    public override string Figure(CompareRow row) => $"AUC {Figures.Score(_runs[row.Run.RunId].Area)}";

    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows) => new(
        context.HasSeveralLabels ? $"ROC of {context.Positive}" : "ROC",
        $"True positive rate against false positive rate of the label {context.Positive}, one curve a run. Area under the curve: {CurveContext.Listed(rows, row => _runs[row.Run.RunId].Area)}. The table holds every point.",
        new ChartAxis("False positive rate", 0, 1, 5, 1),
        new ChartAxis("True positive rate", 0, 1, 5, 1),
        Columns,
        [.. rows.Select(row => CurveContext.Series(row, ChartLine.Straight, _runs[row.Run.RunId].Points.Select(Point)))],
        [new ChartGuide("chance", (0.72, 0.56), [(0, 0), (1, 1)])],
        [.. rows.SelectMany(Marks)],
        [],
        [new ChartNote(ChartGlyph.HollowCircle, "argmax"), new ChartNote(ChartGlyph.FullCircle, "chosen threshold"), new ChartNote(ChartGlyph.PaleDashes, "chance"), .. context.BandNotes()])
    {
        Bands = context.Bands(rows),
        LinksHandles = context.LinksHandles,
    };

    private static ChartPoint Point(RocPoint point) => new(
        point.FalsePositiveRate,
        point.TruePositiveRate,
        [.. CurveContext.ThresholdWords(point.Threshold, point is { TruePositiveRate: 0, FalsePositiveRate: 0 }), Figures.Decimals(point.TruePositiveRate, 4), Figures.Decimals(point.FalsePositiveRate, 4)])
    {
        Key = point.Threshold,
    };

    private IEnumerable<ChartMark> Marks(CompareRow row)
    {
        var run = _runs[row.Run.RunId];
        if (run.Argmax is { } argmax)
            yield return new ChartMark(argmax.FalsePositiveRate, argmax.TruePositiveRate, row.Color, Full: false);
        if (run.Chosen is { } chosen)
            yield return CurveContext.Chosen(row, chosen.FalsePositiveRate, chosen.TruePositiveRate);
    }
}
