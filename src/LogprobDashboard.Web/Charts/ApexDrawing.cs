namespace LogprobDashboard.Web.Charts;

public enum ChartFileFormat
{
    Png,
    Svg,
}

/// <summary>What goes to the script: ApexCharts' options, and what it takes to find and name the points under the pointer.</summary>
public sealed record ApexDrawing(ApexOptions Options, string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, IReadOnlyList<ApexDrawing.Hovered> Series, string? Group, bool ReportsHover, bool ReportsClick)
{
    public static ApexDrawing Of(ChartDefinition chart, string? group, bool reportsHover, bool reportsClick) => new(
        chart.ToApex(),
        chart.Title,
        [.. chart.Notes.Select(note => $"{Glyph(note.Glyph)} {note.Text}")],
        chart.Columns,
        [.. chart.Series.Select(series => new Hovered(series.Name, series.Color, series.Dash, series.Line == ChartLine.StepBefore, [.. series.Points.Select(point => point.Values)]))],
        group,
        reportsHover,
        reportsClick);

    private static char Glyph(ChartGlyph glyph) => glyph switch
    {
        ChartGlyph.HollowCircle => '\u25CB',
        ChartGlyph.FullCircle => '\u25CF',
        ChartGlyph.DottedLine => '\u2026',
        _ => '\u254C',
    };

    /// <summary>A series' look and the words for each of its points; its coordinates are those in the options.</summary>
    public sealed record Hovered(string Name, string Color, int Dash, bool Step, IReadOnlyList<IReadOnlyList<string>> Values);
}
