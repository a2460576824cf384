namespace LogprobDashboard.Web.Charts;

/// <summary>One of several small charts on the same axes, and what stands above it.</summary>
public sealed record SmallMultiple(string Name, string Figure, ChartDefinition Chart)
{
    /// <summary>Whose looks stand before the name; null: those of the chart's series.</summary>
    public IReadOnlyList<ChartLegendEntry>? Swatches { get; init; }
}
