namespace LogprobDashboard.Web.Charts;

/// <summary>A finished chart in ApexCharts' words.</summary>
public static class ApexTranslation
{
    private const string Ink = "var(--soft)";
    private const string Paper = "var(--paper)";
    private const string Transparent = "transparent";

    public static ApexOptions ToApex(this ChartDefinition chart) => new(
        new ApexChartOptions("line", "100%", "inherit", Ink, Transparent),
        [.. chart.Guides.Select(guide => new ApexSeries(guide.Label, [.. guide.Points.Select(point => Pair(point.X, point.Y))])), .. chart.Series.Select(Series)],
        [.. chart.Guides.Select(_ => "var(--guide)"), .. chart.Series.Select(series => series.Color)],
        Stroke(chart),
        Axis(chart.X),
        Axis(chart.Y),
        new ApexGrid("var(--line)", new ApexGridLines(new ApexToggle(true)), new ApexGridLines(new ApexToggle(true)), new ApexPadding(-14, 16, 0, 4)),
        new ApexAnnotations([.. chart.Guides.Where(guide => guide.Label.Length > 0).Select(GuideLabel), .. chart.Marks.Select(Mark)], [.. chart.References.Select(Reference)]));

    /// <summary>"linestep" goes up first and across then, which is what a value that holds up to its own x needs; "stepline" does the reverse.</summary>
    private static string Curve(ChartLine line) => line == ChartLine.StepBefore ? "linestep" : "straight";

    private static ApexSeries Series(ChartSeries series) => new(series.Name, [.. series.Points.Select(point => Pair(point.X, point.Y))]);

    private static IReadOnlyList<double> Pair(double x, double y) => [x, y];

    private static ApexStroke Stroke(ChartDefinition chart) => new(
        [.. chart.Guides.Select(_ => Curve(ChartLine.Straight)), .. chart.Series.Select(series => Curve(series.Line))],
        [.. chart.Guides.Select(_ => 1.0), .. chart.Series.Select(_ => 2.5)],
        [.. chart.Guides.Select(_ => 4), .. chart.Series.Select(series => series.Dash)]);

    private static ApexAxis Axis(ChartAxis axis) =>
        new(axis.Min, axis.Max, axis.Ticks, axis.Decimals, new ApexTitle(axis.Title, new ApexText("13px", Color: Ink)));

    private static ApexPointMark Mark(ChartMark mark) => mark.Full
        ? new ApexPointMark(mark.X, mark.Y, new ApexMarkStyle(7, mark.Color, Paper, 2))
        : new ApexPointMark(mark.X, mark.Y, new ApexMarkStyle(6.5, Paper, mark.Color, 2.5));

    private static ApexLineMark Reference(ChartReference reference) => new(reference.Y, reference.Color, 3, 1.5);

    private static ApexPointMark GuideLabel(ChartGuide guide) => new(
        guide.LabelAt.X,
        guide.LabelAt.Y,
        new ApexMarkStyle(0, Transparent, Transparent, 0),
        new ApexMarkLabel(guide.Label, Transparent, 0, "end", -2, 4, new ApexText("11px", Color: Ink, Background: Transparent)));
}
