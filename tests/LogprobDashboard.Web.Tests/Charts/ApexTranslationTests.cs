using System.Text.Json;
using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Tests.Charts;

public sealed class ApexTranslationTests
{
    [Fact]
    public void Options_OfASteppedSeries_UseLinestepAndNoMarkers()
    {
        var options = Json(Charts.TwoPoints);
        Assert.Equal("linestep", options.GetProperty("stroke").GetProperty("curve")[0].GetString());
        Assert.Equal(0, options.GetProperty("markers").GetProperty("size").GetInt32());
        Assert.False(options.GetProperty("tooltip").GetProperty("enabled").GetBoolean());
        Assert.False(options.GetProperty("chart").GetProperty("toolbar").GetProperty("show").GetBoolean());
    }

    [Fact]
    public void Options_HoldTheSeriesAlone()
    {
        var options = Json(Charts.TwoPoints);
        Assert.Equal([[0.5, 0.25], [1, 0.125]], Assert.Single(options.GetProperty("series").EnumerateArray()).GetProperty("data").Deserialize<double[][]>()!);
        Assert.Equal("var(--run-1)", Assert.Single(options.GetProperty("colors").EnumerateArray()).GetString());
    }

    [Fact]
    public void Options_WithoutASeries_StillHaveAxes()
    {
        var options = Json(Charts.TwoPoints with { Series = [] });
        Assert.Equal([[0, 0], [1, 1]], Assert.Single(options.GetProperty("series").EnumerateArray()).GetProperty("data").Deserialize<double[][]>()!);
        Assert.Equal(0, options.GetProperty("stroke").GetProperty("width")[0].GetDouble());
    }

    [Fact]
    public void Drawing_OfAChart_HoldsWhatLiesBeneathAndAbove()
    {
        var chart = Charts.TwoPoints with { Bands = [new ChartBand("red", [new(0, 0.1, 0.2), new(1, 0.3, 0.4)])], Uprights = [new ChartUpright(0.5, "blue", 3) { Handle = "7", HandleName = "Threshold" }], LinksHandles = true };
        var drawing = JsonSerializer.SerializeToElement(ApexDrawing.Of(chart, "group", new ChartReports(Drag: true)), JsonSerializerOptions.Web);
        var layers = drawing.GetProperty("layers");
        Assert.Equal([[0, 0.1, 0.2], [1, 0.3, 0.4]], layers.GetProperty("bands")[0].GetProperty("points").Deserialize<double[][]>()!);
        Assert.Equal([[0, 0], [1, 1]], layers.GetProperty("guides")[0].GetProperty("points").Deserialize<double[][]>()!);
        Assert.Equal(("7", 0.5), (layers.GetProperty("uprights")[0].GetProperty("handle").GetString(), layers.GetProperty("uprights")[0].GetProperty("x").GetDouble()));
        Assert.Equal([false, true], layers.GetProperty("marks").EnumerateArray().Select(mark => mark.GetProperty("full").GetBoolean()));
        Assert.True(layers.GetProperty("linksHandles").GetBoolean());
        Assert.Equal((true, false), (drawing.GetProperty("reports").GetProperty("drag").GetBoolean(), drawing.GetProperty("reports").GetProperty("zoom").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, drawing.GetProperty("series")[0].GetProperty("keys").ValueKind);
    }

    [Fact]
    public void Path_OfSteps_GoesUpBeforeAcross() =>
        Assert.Equal("M0 0V20H60V40H120", StepPath.Of([(0, 1), (0.5, 0.75), (1, 0.5)], 120, 80));

    private static JsonElement Json(ChartDefinition chart) => JsonSerializer.SerializeToElement(chart.ToApex(), JsonSerializerOptions.Web);
}
