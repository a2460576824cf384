namespace LogprobDashboard.Web.Charts;

/// <summary>The part of a finished chart that ApexCharts draws, in its words: axes, grid and the lines of the series. The rest lies beneath and above (<see cref="ChartLayers"/>).</summary>
public static class ApexTranslation
{
    private const string Ink = "var(--soft)";
    private const string Transparent = "transparent";

    public static ApexOptions ToApex(this ChartDefinition chart) => new(
        new ApexChartOptions("line", "100%", "inherit", Ink, Transparent),
        chart.Series.Count > 0 ? [.. chart.Series.Select(Series)] : [Corners(chart)],
        chart.Series.Count > 0 ? [.. chart.Series.Select(series => series.Color)] : [Transparent],
        Stroke(chart),
        Axis(chart.X),
        Axis(chart.Y),
        new ApexGrid("var(--line)", new ApexGridLines(new ApexToggle(true)), new ApexGridLines(new ApexToggle(true)), new ApexPadding(-14, 16, 0, 4)));

    /// <summary>"linestep" goes up first and across then, which is what a value that holds up to its own x needs; "stepline" does the reverse.</summary>
    private static string Curve(ChartLine line) => line == ChartLine.StepBefore ? "linestep" : "straight";

    private static ApexSeries Series(ChartSeries series) => new(series.Name, [.. series.Points.Select(point => Pair(point.X, point.Y))]);

    /// <summary>Without any series there would be no axes.</summary>
    private static ApexSeries Corners(ChartDefinition chart) => new("", [Pair(chart.X.Min, chart.Y.Min), Pair(chart.X.Max, chart.Y.Max)]);

    private static IReadOnlyList<double> Pair(double x, double y) => [x, y];

    private static ApexStroke Stroke(ChartDefinition chart) => chart.Series.Count == 0 ? new ApexStroke(["straight"], [0], [0]) : new ApexStroke(
        [.. chart.Series.Select(series => Curve(series.Line))],
        [.. chart.Series.Select(series => series.IsFilled ? 0 : 2.5)],
        [.. chart.Series.Select(series => series.Dash)]);

    private static ApexAxis Axis(ChartAxis axis) =>
        new(axis.Min, axis.Max, axis.Ticks, axis.Decimals, new ApexTitle(axis.Title, new ApexText("13px", Color: Ink)));
}
