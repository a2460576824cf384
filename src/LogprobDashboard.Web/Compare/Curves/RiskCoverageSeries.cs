using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>The share of errors among the surest samples against how many of all they are.</summary>
public sealed class RiskCoverageSeries(CurveContext context) : RunCurves
{
    private readonly Dictionary<string, RunRiskCoverage> _runs = (context.Curves.RiskCoverage ?? []).ToDictionary(run => run.RunId);

    public override bool Has(CompareRow row) => _runs.TryGetValue(row.Run.RunId, out var run) && run.Points.Count > 0;

    public override string Figure(CompareRow row) => $"AURC {Figures.Score(_runs[row.Run.RunId].Area)}";

    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows) => new(
        "Risk and coverage",
        $"Share of wrong predictions among the surest samples, by {(ByMargin ? "log margin" : "entropy")}, against the share of samples answered, one curve a run. Area under the curve: {CurveContext.Listed(rows, row => _runs[row.Run.RunId].Area)}. The table holds every point.",
        new ChartAxis(ByMargin ? "Coverage, widest margin first" : "Coverage, lowest entropy first", 0, 1, 5, 1),
        Risk,
        [ByMargin ? "Log margin at least" : "Entropy at most", "Coverage", "Risk"],
        [.. rows.Select(row => CurveContext.Series(row, ChartLine.Straight, _runs[row.Run.RunId].Points.Select(Point)))],
        [],
        ByMargin ? [] : [.. rows.Select(Limit).OfType<ChartMark>()],
        [],
        [.. ByMargin ? [] : new[] { new ChartNote(ChartGlyph.FullCircle, "entropy limit, to be moved: what is less sure is abstained from") }, .. context.BandNotes()])
    {
        Bands = context.Bands(rows),
        LinksHandles = true,
    };

    /// <summary>Where a run's answers end: at the limit, or with the last that is scored. One limit holds for all runs.</summary>
    private ChartMark? Limit(CompareRow row)
    {
        var answered = _runs[row.Run.RunId].Points.LastOrDefault(point => point.Certainty is { } certainty && !(-certainty > context.State.Abstain));
        return answered is null ? null : new ChartMark(answered.Coverage, answered.Risk, row.Color, Full: true)
        {
            Handle = row.Run.RunId,
            HandleName = $"Entropy limit, {row.Name.Full}",
        };
    }

    /// <summary>From 0 to somewhat above the highest risk that more than a few samples make.</summary>
    private ChartAxis Risk
    {
        get
        {
            var highest = _runs.Values.SelectMany(run => run.Points.Where(point => point.Coverage >= 0.05)).Select(point => point.Risk).DefaultIfEmpty(1).Max();
            return ChartScale.Around("Risk: share of wrong predictions", 0, Math.Min(1, Math.Max(0.01, 1.2 * highest)));
        }
    }

    private bool ByMargin => context.State.ByMargin;

    private ChartPoint Point(RiskCoveragePoint point) => new(
        point.Coverage,
        point.Risk,
        [point.Certainty is { } certainty ? $"{Figures.Decimals(ByMargin ? certainty : -certainty, 4)} nats" : "unscorable too", Figures.Decimals(point.Coverage, 4), Figures.Decimals(point.Risk, 4)])
    {
        Key = ByMargin ? null : -point.Certainty,
    };
}
