using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>What share of the samples that were given a probability came true. The dots' areas are the bins' counts.</summary>
public sealed class ReliabilitySeries(CurveContext context) : RunCurves
{
    private const double LargestDot = 6.5;
    private const double SmallestDot = 2;

    internal static readonly string[] Columns = ["Mean probability", "Observed share", "Samples", "Probabilities"];
    private readonly Dictionary<string, RunReliability> _runs = (context.Curves.Reliability ?? []).ToDictionary(run => run.RunId);

    public override bool Has(CompareRow row) => _runs.TryGetValue(row.Run.RunId, out var run) && run.Bins.Count > 0;

    public override string Figure(CompareRow row) => $"ECE {Figures.Score(_runs[row.Run.RunId].ExpectedError)}";

    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows) => new(
        "Reliability",
        $"{Subject} against the share that came true, in 15 bins of equal {(context.State.EqualWidth ? "width" : "mass")}, one curve a run. Expected calibration error: {CurveContext.Listed(rows, row => _runs[row.Run.RunId].ExpectedError)}. The table holds every bin.",
        new ChartAxis(context.HasSeveralLabels ? "Mean probability of the predicted label" : $"Mean probability of {context.Positive}", 0, 1, 5, 1),
        new ChartAxis(context.HasSeveralLabels ? "Share of right predictions" : $"Observed share of {context.Positive}", 0, 1, 5, 1),
        Columns,
        [.. rows.Select(row => CurveContext.Series(row, ChartLine.Straight, _runs[row.Run.RunId].Bins.Select(bin => Point(bin, Largest))))],
        [new ChartGuide("calibrated", (0.72, 0.56), [(0, 0), (1, 1)])],
        [],
        [],
        [new ChartNote(ChartGlyph.PaleDashes, "perfectly calibrated"), new ChartNote(ChartGlyph.FullCircle, $"bin of equal {(context.State.EqualWidth ? "width" : "mass")}, its area the number of samples"), .. context.BandNotes()])
    {
        Bands = context.Bands(rows),
    };

    private string Subject => context.HasSeveralLabels ? "Mean probability of the predicted label" : $"Mean probability of the label {context.Positive}";

    /// <summary>The largest bin of any run: areas of one chart can be held against each other.</summary>
    private int Largest => _runs.Values.SelectMany(run => run.Bins).Max(bin => bin.Count);

    internal static ChartPoint Point(CalibrationBin bin, int largest) => new(
        bin.MeanProbability,
        bin.ObservedRate,
        [Figures.FineProbability(bin.MeanProbability), Figures.Decimals(bin.ObservedRate, 4), Figures.Count(bin.Count), $"{Figures.Probability(bin.LowestProbability)} to {Figures.Probability(bin.HighestProbability)}"])
    {
        Dot = Math.Max(SmallestDot, LargestDot * Math.Sqrt((double)bin.Count / largest)),
    };
}
