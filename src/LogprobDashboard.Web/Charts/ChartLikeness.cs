namespace LogprobDashboard.Web.Charts;

/// <summary>Whether two finished charts are the same to the eye, the pointer and the ear: records of lists are not equal by themselves.</summary>
public static class ChartLikeness
{
    public static bool LooksLike(this ChartDefinition chart, ChartDefinition other)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(other);
        return (chart.Title, chart.Description, chart.X, chart.Y, chart.LinksHandles) == (other.Title, other.Description, other.X, other.Y, other.LinksHandles)
            && chart.Columns.SequenceEqual(other.Columns)
            && chart.Marks.SequenceEqual(other.Marks)
            && chart.References.SequenceEqual(other.References)
            && chart.Uprights.SequenceEqual(other.Uprights)
            && chart.Notes.SequenceEqual(other.Notes)
            && chart.Legend.SequenceEqual(other.Legend)
            && All(chart.Guides, other.Guides, (a, b) => (a.Label, a.LabelAt) == (b.Label, b.LabelAt) && a.Points.SequenceEqual(b.Points))
            && All(chart.Bands, other.Bands, (a, b) => a.Color == b.Color && a.Points.SequenceEqual(b.Points))
            && All(chart.Series, other.Series, Same);
    }

    public static bool LooksLike(this SmallMultiple multiple, SmallMultiple other)
    {
        ArgumentNullException.ThrowIfNull(multiple);
        ArgumentNullException.ThrowIfNull(other);
        return (multiple.Name, multiple.Figure) == (other.Name, other.Figure) && (multiple.Swatches ?? []).SequenceEqual(other.Swatches ?? []) && multiple.Chart.LooksLike(other.Chart);
    }

    private static bool Same(ChartSeries series, ChartSeries other) =>
        (series.Name, series.Id, series.Color, series.Dash, series.Line, series.IsFilled) == (other.Name, other.Id, other.Color, other.Dash, other.Line, other.IsFilled)
        && All(series.Points, other.Points, (a, b) => (a.X, a.Y, a.Key, a.Dot) == (b.X, b.Y, b.Key, b.Dot) && a.Values.SequenceEqual(b.Values));

    private static bool All<T>(IReadOnlyList<T> items, IReadOnlyList<T> others, Func<T, T, bool> same) =>
        items.Count == others.Count && items.Zip(others).All(pair => same(pair.First, pair.Second));
}
