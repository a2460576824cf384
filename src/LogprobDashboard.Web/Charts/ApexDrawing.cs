namespace LogprobDashboard.Web.Charts;

public enum ChartFileFormat
{
    Png,
    Svg,
}

/// <summary>What goes to the script: ApexCharts' options, what lies beneath and above, and what it takes to find and name the points under the pointer.</summary>
public sealed record ApexDrawing(ApexOptions Options, ChartLayers Layers, string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, IReadOnlyList<ApexDrawing.Hovered> Series, string? Group, ChartReports Reports)
{
    public static ApexDrawing Of(ChartDefinition chart, string? group, ChartReports reports) => new(
        chart.ToApex(),
        ChartLayers.Of(chart),
        chart.Title,
        [.. chart.Notes.Select(note => $"{Glyph(note.Glyph)} {note.Text}")],
        chart.Columns,
        [.. chart.Series.Select(Hover)],
        group,
        reports);

    private static Hovered Hover(ChartSeries series) => new(
        series.Name,
        series.Id,
        series.Color,
        series.Dash,
        series.Line == ChartLine.StepBefore,
        series.IsFilled,
        [.. series.Points.Select(point => point.Values)],
        series.Points.Any(point => point.Key is not null) ? [.. series.Points.Select(point => point.Key)] : null,
        series.Points.Any(point => point.Dot is not null) ? [.. series.Points.Select(point => point.Dot ?? 0)] : null);

    private static char Glyph(ChartGlyph glyph) => glyph switch
    {
        ChartGlyph.HollowCircle => '\u25CB',
        ChartGlyph.FullCircle => '\u25CF',
        ChartGlyph.DottedLine => '\u2026',
        ChartGlyph.PaleArea => '\u2592',
        ChartGlyph.UprightLine => '\u2502',
        _ => '\u254C',
    };

    /// <summary>A series' look, the words for each of its points, and their keys and dots where it has any; its coordinates are those in the options.</summary>
    public sealed record Hovered(
        string Name,
        string? Id,
        string Color,
        int Dash,
        bool Step,
        bool Filled,
        IReadOnlyList<IReadOnlyList<string>> Values,
        IReadOnlyList<double?>? Keys,
        IReadOnlyList<double>? Dots);
}

/// <summary>What somebody listens to.</summary>
public sealed record ChartReports(bool Hover = false, bool Click = false, bool Drag = false, bool Zoom = false);
