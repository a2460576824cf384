using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Distributions;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Compare.Curves;

/// <summary>How the positive label's log odds are distributed, by true label, in the same bins for all runs. Several runs are side by side: two distributions of each over each other cannot be read.</summary>
public sealed class ScoresSeries(CurveContext context) : RunCurves
{
    private static readonly string[] Columns = ["Log odds", "Probability", "Samples", "Share"];
    private readonly Dictionary<string, RunScoreCounts> _runs = (context.Curves.Scores?.Runs ?? []).ToDictionary(run => run.RunId);
    private readonly LabelPalette _palette = new(context.View.Labels);

    public override bool Overlays => false;

    public override IReadOnlyList<ChartLegendEntry> Legend => [new("", context.Positive, _palette.Color(context.Positive), 0, false), new("", Others, OthersColor, 0, false)];

    public override bool Has(CompareRow row) => _runs.TryGetValue(row.Run.RunId, out var run) && run.Positives.Sum() + run.Others.Sum() > 0;

    public override string Figure(CompareRow row) => $"{Figures.Count(_runs[row.Run.RunId].Positives.Sum())} {context.Positive}, {Figures.Count(_runs[row.Run.RunId].Others.Sum())} {Others}";

    public override ChartDefinition Draw(IReadOnlyList<CompareRow> rows) => new(
        $"Scores of {context.Positive}",
        $"How the log odds of the label {context.Positive} are distributed over samples of that label and over {Others}, each as shares of its own samples. The table holds every bin.",
        ScoreAxis,
        ShareAxis,
        Columns,
        [.. rows.SelectMany(row => Series(row, rows.Count > 1 ? row.Name.Full + ", " : ""))],
        [],
        [],
        [],
        [new ChartNote(ChartGlyph.UprightLine, "chosen threshold"), .. HasArgmaxAtZero ? [new ChartNote(ChartGlyph.DottedLine, "argmax, log odds 0")] : Array.Empty<ChartNote>(), .. context.BandNotes()])
    {
        Uprights = [.. HasArgmaxAtZero ? [new ChartUpright(0, "var(--soft)", 3)] : Array.Empty<ChartUpright>(), .. context.Thresholds(rows)],
        LinksHandles = context.LinksHandles,
    };

    /// <summary>With more than two labels the argmax is no threshold.</summary>
    private bool HasArgmaxAtZero => !context.HasSeveralLabels;

    private string Others => context.HasSeveralLabels ? "other labels" : context.View.Labels.First(label => label != context.Positive);

    private string OthersColor => context.HasSeveralLabels ? LabelPalette.OffLabel : _palette.Color(Others);

    private IReadOnlyList<double> Edges => context.Curves.Scores?.Edges ?? [];

    private ChartAxis ScoreAxis => Edges.Count > 1 ? ChartScale.Around("Log odds", Edges[0], Edges[^1], ChartScale.ManyTicks) : new ChartAxis("Log odds", -1, 1, 4, 1);

    private ChartAxis ShareAxis
    {
        get
        {
            var highest = _runs.Values.SelectMany(run => new[] { Largest(run.Positives), Largest(run.Others) }).DefaultIfEmpty(1).Max();
            return ChartScale.Around("Share of the label's samples", 0, highest > 0 ? Math.Min(1, 1.05 * highest) : 1);
        }
    }

    private static double Largest(IReadOnlyList<int> counts) => counts.Sum() is > 0 and var all ? counts.Max() / (double)all : 0;

    private IEnumerable<ChartSeries> Series(CompareRow row, string prefix)
    {
        var run = _runs[row.Run.RunId];
        yield return Series(row, prefix + Others, OthersColor, run.Others);
        yield return Series(row, prefix + context.Positive, _palette.Color(context.Positive), run.Positives);
    }

    /// <summary>A bin's share holds from its lower edge to its upper one, which is its point.</summary>
    private ChartSeries Series(CompareRow row, string name, string color, IReadOnlyList<int> counts)
    {
        var all = Math.Max(1, counts.Sum());
        var bins = counts.Select((count, bin) => new ChartPoint(Edges[bin + 1], count / (double)all,
        [
            $"{Figures.Decimals(Edges[bin], Decimals)} to {Figures.Decimals(Edges[bin + 1], Decimals)}",
            $"{Figures.Probability(ThresholdWords.Probability(Edges[bin]))} to {Figures.Probability(ThresholdWords.Probability(Edges[bin + 1]))}",
            Figures.Count(count),
            Figures.Decimals(count / (double)all, 4),
        ]));
        return new ChartSeries(name, color, 0, ChartLine.StepBefore, [.. bins]) { Id = row.Run.RunId, IsFilled = true };
    }

    /// <summary>As many as a bin's width has.</summary>
    private int Decimals => Edges.Count > 1 ? Math.Max(0, (int)-Math.Floor(Math.Log10(Edges[1] - Edges[0]) + 1e-9)) : 0;
}
