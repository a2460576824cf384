using Bunit;
using LogprobDashboard.Web.Charts;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Tests.Charts;

public sealed class ApexChartTests : BunitContext
{
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _drawn;

    public ApexChartTests()
    {
        _module = JSInterop.SetupModule("./js/apexChart.js");
        _drawn = _module.SetupModule(invocation => invocation.Identifier == "create");
        _drawn.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Chart_OnceRendered_IsDrawnOnceAndNamed()
    {
        var chart = Render<ApexChart>(parameters => parameters.Add(p => p.Definition, Charts.TwoPoints));
        chart.Render();
        Assert.Single(_module.Invocations["create"]);
        Assert.Equal("Precision and recall. One run.", chart.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(typeof(JSDisconnectedException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task Dispose_WhenTheBrowserIsGone_IsNoError(Type gone)
    {
        var destroy = _drawn.SetupVoid("destroy").SetException((Exception)Activator.CreateInstance(gone, "gone")!);
        var chart = Render<ApexChart>(parameters => parameters.Add(p => p.Definition, Charts.TwoPoints));

        await chart.Instance.DisposeAsync();

        Assert.Single(destroy.Invocations);
    }

    [Fact]
    public async Task Chart_OnClickAndHover_ReportsPoints()
    {
        ChartHit? clicked = null;
        IReadOnlyList<ChartHit>? hovered = null;
        var chart = Render<ApexChart>(parameters => parameters
            .Add(p => p.Definition, Charts.TwoPoints)
            .Add(p => p.OnClick, hit => clicked = hit)
            .Add(p => p.OnHover, hits => hovered = hits));
        await chart.InvokeAsync(() => chart.Instance.ReportClickAsync(new ChartHit(0, 1)));
        await chart.InvokeAsync(() => chart.Instance.ReportHoverAsync([new ChartHit(0, 0)]));
        Assert.Equal(new ChartHit(0, 1), clicked);
        Assert.Equal([new ChartHit(0, 0)], hovered);
    }

    [Fact]
    public void ChartCard_OnTable_ListsEveryPoint()
    {
        var card = Render<ChartCard>(parameters => parameters.Add(p => p.Definition, Charts.TwoPoints));
        Assert.Empty(card.FindAll("table"));
        card.FindAll("button").Single(button => button.TextContent == "Table").Click();
        Assert.Contains("Log odds", card.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.Equal("Precision and recall: table", card.Find("[role=region]").GetAttribute("aria-label"));
    }
}
