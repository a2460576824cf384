using Bunit;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare;

namespace LogprobDashboard.Web.Tests.Compare.Curves;

public sealed class CurvesCardTests : BunitContext
{
    private readonly List<CompareState> _asked = [];
    private readonly List<ThresholdDrag> _dragged = [];

    public CurvesCardTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Kinds_AreLinksThatKeepTheRestAndLeaveTheZoom()
    {
        var card = Card(CompareState.Default with { Chart = CompareChart.Roc, Zoom = new CompareZoom(0, 0.4, 0.5, 1), Bands = true });
        var links = card.FindAll("nav[aria-label=Chart] a");
        Assert.Equal(["PR", "ROC", "Calibration", "Risk", "Scores", "Thresholds"], links.Select(link => link.TextContent));
        Assert.Equal("?chart=scores&bands=1", links[4].GetAttribute("href"));
        Assert.Equal("true", links[1].GetAttribute("aria-current"));
        Assert.Contains("zoom=", links[1].GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Legend_SwitchesARunOffAndOnAgain()
    {
        var card = Card(CompareState.Default);
        var switches = card.FindAll("button.legend-switch");
        Assert.Equal(["plain v1", "strict v1"], switches.Select(button => button.TextContent.Trim()));
        Assert.All(switches, button => Assert.Equal("true", button.GetAttribute("aria-pressed")));
        switches[1].Click();
        Assert.Equal(["2"], Assert.Single(_asked).Hidden);
        var without = Card(_asked[0]);
        Assert.Equal("false", without.FindAll("button.legend-switch")[1].GetAttribute("aria-pressed"));
        without.FindAll("button.legend-switch")[1].Click();
        Assert.Empty(_asked[1].Hidden);
    }

    [Fact]
    public void Legend_OfAPageThatOnlyShows_HasNoSwitches()
    {
        var state = CompareState.Default with { Hidden = ["2"] };
        var card = Render<CurvesCard>(parameters => parameters.Add(p => p.Screen, CurveScreens.Screen(state)).Add(p => p.State, state).Add(p => p.AddressOf, address => address.ToQuery()));
        Assert.Empty(card.FindAll("button.legend-switch, .chart-switches"));
        Assert.DoesNotContain("strict v1", card.Find(".legend").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompareChart.PrecisionRecall, "Bands", "Equal F1")]
    [InlineData(CompareChart.Reliability, "Bands", "Equal width")]
    [InlineData(CompareChart.RiskCoverage, "Bands", "By margin")]
    [InlineData(CompareChart.Roc, "Bands", null)]
    public void Switches_AreThoseOfTheKind(CompareChart kind, string first, string? second)
    {
        var card = Card(CompareState.Default with { Chart = kind });
        var buttons = card.FindAll(".chart-looks button");
        Assert.Equal(new[] { first, second }.OfType<string>(), buttons.Select(button => button.TextContent));
        for (var place = 0; place < buttons.Count; place++)
            card.FindAll(".chart-looks button")[place].Click();
        Assert.True(_asked[0].Bands);
        Assert.All(_asked.Skip(1), state => Assert.True(state.EqualF1 || state.EqualWidth || state.ByMargin));
    }

    [Fact]
    public void Bands_OfScores_AreDisabledAndSayWhy()
    {
        var button = Card(CompareState.Default with { Chart = CompareChart.Scores }).Find(".chart-looks button");
        Assert.True(button.HasAttribute("disabled"));
        Assert.Contains("no band", button.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zoom_ByButtonsAndByRectangle_IsAskedForInRoundNumbers()
    {
        var card = Card(CompareState.Default);
        Assert.True(card.Find("button[aria-label='Reset zoom']").HasAttribute("disabled"));
        card.Find("button[aria-label='Zoom in']").Click();
        Assert.Equal(new CompareZoom(0.2, 0.8, 0.2, 0.8), _asked[0].Zoom);
        await card.InvokeAsync(() => card.FindComponent<ApexChart>().Instance.ReportZoomAsync(new ChartRange(0.413, 0.788, 0.31, 0.88)));
        Assert.Equal(new CompareZoom(0.4, 0.8, 0.3, 0.9), _asked[1].Zoom);
        var zoomed = Card(_asked[1]);
        Assert.Equal(0.4, zoomed.FindComponent<ApexChart>().Instance.Definition.X.Min);
        zoomed.Find("button[aria-label='Zoom out']").Click();
        zoomed.Find("button[aria-label='Reset zoom']").Click();
        Assert.Null(_asked[3].Zoom);
    }

    [Fact]
    public void ZoomMode_IsPressedUntilARectangleIsDrawn()
    {
        var card = Card(CompareState.Default);
        card.Find(".chart-zoom button").Click();
        Assert.Equal("true", card.Find(".chart-zoom button").GetAttribute("aria-pressed"));
        Assert.Contains("zooms", card.Find(".chart").ClassList);
    }

    [Fact]
    public async Task Drag_OfAMark_IsTheRunsThreshold_AndOfTheCommonLineThatOfAll()
    {
        var card = Card(CompareState.Default);
        var chart = card.FindComponent<ApexChart>().Instance;
        await card.InvokeAsync(() => chart.ReportDragAsync(new ChartDrag("2", 1.25, Ended: false)));
        await card.InvokeAsync(() => chart.ReportDragAsync(new ChartDrag("", 1.5, Ended: true)));
        await card.InvokeAsync(() => chart.ReportClickAsync(new ChartHit(0, 1)));
        Assert.Equal([new ThresholdDrag("2", 1.25, false), new ThresholdDrag(null, 1.5, true), new ThresholdDrag("1", 9.5, true)], _dragged);
    }

    [Fact]
    public async Task Drag_AlongRiskAndCoverage_IsAnEntropyLimitOnceItIsLetGo()
    {
        var card = Card(CompareState.Default with { Chart = CompareChart.RiskCoverage });
        var chart = card.FindComponent<ApexChart>().Instance;
        await card.InvokeAsync(() => chart.ReportDragAsync(new ChartDrag("1", 0.3, Ended: false)));
        Assert.Empty(_asked);
        await card.InvokeAsync(() => chart.ReportDragAsync(new ChartDrag("1", 0.25, Ended: true)));
        await card.InvokeAsync(() => chart.ReportClickAsync(new ChartHit(0, 0)));
        Assert.Equal([0.25, 0.1], _asked.Select(state => state.Abstain!.Value));
        Assert.Empty(_dragged);
    }

    [Fact]
    public void Csv_IsOfTheKindThatIsShown()
    {
        Assert.EndsWith("&kind=reliability&bins=width", Card(CompareState.Default with { Chart = CompareChart.Reliability, EqualWidth = true }).Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("kind=", Card(CompareState.Default).Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Card_WithoutACurve_SaysSoAndStillOffersTheOtherKinds()
    {
        var card = Card(CompareState.Default, Views.View(Views.Run("1", "a", null) with { Curve = [] }));
        Assert.Contains("There is no curve to draw.", card.Markup, StringComparison.Ordinal);
        Assert.Equal(6, card.FindAll("nav[aria-label=Chart] a").Count);
    }

    private IRenderedComponent<CurvesCard> Card(CompareState state, LogprobDashboard.Workbench.Compare.CompareView? view = null) => Render<CurvesCard>(parameters => parameters
        .Add(p => p.Screen, CurveScreens.Screen(state, view))
        .Add(p => p.State, state)
        .Add(p => p.StateChanged, _asked.Add)
        .Add(p => p.DragChanged, _dragged.Add)
        .Add(p => p.AddressOf, address => address.ToQuery()));
}
