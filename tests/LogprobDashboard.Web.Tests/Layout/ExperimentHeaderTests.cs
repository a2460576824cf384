using Bunit;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Tests.Layout;

public sealed class ExperimentHeaderTests : BunitContext
{
    private static ExperimentSummary Summary { get; } =
        new("7", "SMS spam", "3", "sms", 1000, [new("ham", ["No"]), new("spam", ["Yes"])], "spam", 152, "1", "Ollama", "llama3:8b", "localhost:11434", 2, 3, 1);

    [Fact]
    public void Header_OfAnExperiment_LinksEveryTabAndMarksTheCurrent()
    {
        var header = Render<ExperimentHeader>(parameters => parameters.Add(p => p.Experiment, Summary).Add(p => p.Current, ExperimentTabs.Compare));
        Assert.Equal("SMS spam", header.Find("h1").TextContent);
        var tab = header.Find("nav a[aria-current=page]");
        Assert.Equal(("Compare", "/experiments/7/compare"), (tab.TextContent.Trim(), tab.GetAttribute("href")));
    }
}
