using Bunit;
using LogprobDashboard.Web.Experiments;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Tests.Layout;

public sealed class ExperimentHeaderTests : BunitContext
{
    [Fact]
    public void Header_OfAnExperiment_LinksEveryTabAndMarksTheCurrent()
    {
        var header = Render<ExperimentHeader>(parameters => parameters.Add(p => p.ExperimentId, "7").Add(p => p.Name, "SMS spam").Add(p => p.Current, ExperimentTabs.Compare));
        Assert.Equal("SMS spam", header.Find("h1").TextContent);
        var tab = header.Find("nav a[aria-current=page]");
        Assert.Equal(("Compare", "/experiments/7/compare"), (tab.TextContent, tab.GetAttribute("href")));
    }

    [Fact]
    public void ExperimentCard_ShowsItsBestAndDrawsItsCurvesAsSteps()
    {
        var experiment = new ExperimentOverview("7", "SMS spam", "sms", 1000, ["ham", "spam"], "spam", 0.92896, "plain v1", 3, 1, DateTimeOffset.UnixEpoch, [new("plain v1", [new(null, 1, 0), new(2, 0.5, 1)])]);
        var card = Render<ExperimentCard>(parameters => parameters.Add(p => p.Experiment, experiment));
        Assert.Equal("/experiments/7/compare", card.Find("h2 a").GetAttribute("href"));
        Assert.Contains("0.929 by plain v1", card.Find("dd").TextContent, StringComparison.Ordinal);
        Assert.Contains("3 runs, 1 under way", card.Markup, StringComparison.Ordinal);
        Assert.Equal("M0 0V40H120", card.Find("path").GetAttribute("d"));
    }

    [Fact]
    public void ExperimentCard_WithoutAnyResult_SaysNotDefined()
    {
        var experiment = new ExperimentOverview("7", "New", "sms", 10, ["a", "b", "c"], "a", null, null, 0, 0, DateTimeOffset.UnixEpoch, []);
        var card = Render<ExperimentCard>(parameters => parameters.Add(p => p.Experiment, experiment));
        Assert.Equal("not defined", card.Find("dd").TextContent.Trim());
        Assert.Empty(card.FindAll("svg"));
    }
}
