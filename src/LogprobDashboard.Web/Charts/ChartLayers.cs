namespace LogprobDashboard.Web.Charts;

/// <summary>What the script draws beneath and above the lines of the series, in the units of the axes; a point is [x, y], a band's is [x, low, high].</summary>
public sealed record ChartLayers(
    IReadOnlyList<ChartLayers.Band> Bands,
    IReadOnlyList<ChartLayers.Guide> Guides,
    IReadOnlyList<ChartReference> References,
    IReadOnlyList<ChartUpright> Uprights,
    IReadOnlyList<ChartMark> Marks,
    bool LinksHandles)
{
    public static ChartLayers Of(ChartDefinition chart) => new(
        [.. chart.Bands.Select(band => new Band(band.Color, [.. band.Points.Select(point => (IReadOnlyList<double>)[point.X, point.Low, point.High])]))],
        [.. chart.Guides.Select(guide => new Guide(guide.Label, [guide.LabelAt.X, guide.LabelAt.Y], [.. guide.Points.Select(point => (IReadOnlyList<double>)[point.X, point.Y])]))],
        chart.References,
        chart.Uprights,
        chart.Marks,
        chart.LinksHandles);

    public sealed record Band(string Color, IReadOnlyList<IReadOnlyList<double>> Points);

    public sealed record Guide(string Label, IReadOnlyList<double> LabelAt, IReadOnlyList<IReadOnlyList<double>> Points);
}
