using System.Text.Json;
using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Tests.Charts;

public sealed class ApexTranslationTests
{
    [Fact]
    public void Options_OfASteppedSeries_UseLinestepAndNoMarkers()
    {
        var options = Json(Charts.TwoPoints);
        Assert.Equal("linestep", options.GetProperty("stroke").GetProperty("curve")[1].GetString());
        Assert.Equal(0, options.GetProperty("markers").GetProperty("size").GetInt32());
        Assert.False(options.GetProperty("tooltip").GetProperty("enabled").GetBoolean());
        Assert.False(options.GetProperty("chart").GetProperty("toolbar").GetProperty("show").GetBoolean());
    }

    [Fact]
    public void Options_PutGuidesBeforeSeries_WithStraightPaleLines()
    {
        var options = Json(Charts.TwoPoints);
        Assert.Equal("guide", options.GetProperty("series")[0].GetProperty("name").GetString());
        Assert.Equal("straight", options.GetProperty("stroke").GetProperty("curve")[0].GetString());
        Assert.Equal("var(--guide)", options.GetProperty("colors")[0].GetString());
        Assert.Equal([[0.5, 0.25], [1, 0.125]], options.GetProperty("series")[1].GetProperty("data").Deserialize<double[][]>()!);
    }

    [Fact]
    public void Options_OfMarks_AreHollowOrFull()
    {
        var points = Json(Charts.TwoPoints).GetProperty("annotations").GetProperty("points");
        var (hollow, full) = (points[1].GetProperty("marker"), points[2].GetProperty("marker"));
        Assert.Equal(("var(--paper)", "var(--run-1)"), (hollow.GetProperty("fillColor").GetString(), hollow.GetProperty("strokeColor").GetString()));
        Assert.Equal("var(--run-1)", full.GetProperty("fillColor").GetString());
    }

    [Fact]
    public void Path_OfSteps_GoesUpBeforeAcross() =>
        Assert.Equal("M0 0V20H60V40H120", StepPath.Of([(0, 1), (0.5, 0.75), (1, 0.5)], 120, 80));

    private static JsonElement Json(ChartDefinition chart) => JsonSerializer.SerializeToElement(chart.ToApex(), JsonSerializerOptions.Web);
}
