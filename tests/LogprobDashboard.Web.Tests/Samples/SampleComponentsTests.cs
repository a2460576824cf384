using Bunit;
using LogprobDashboard.Web.Samples;
using LogprobDashboard.Web.Tests.Outliers;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Samples;

public sealed class SampleComponentsTests : BunitContext
{
    [Fact]
    public void Card_OfAScoredSample_ShowsProbabilitiesTokensAndWhatWasSent()
    {
        var card = CardOf(Run(OutlierViews.Result("spam", 0.7)) with { Messages = [new PromptMessage("user", "Is this spam?")] });
        Assert.Equal(["0.700", "0.300 imputed"], card.FindAll(".sample-probabilities td.number").Select(cell => cell.TextContent));
        Assert.Equal("wrong", card.Find(".sample-judgement").TextContent);
        Assert.Single(card.FindAll(".token-bars tbody tr"));
        Assert.Equal("Is this spam?", card.Find("pre").TextContent);
        Assert.Contains("Outside of the top log probs", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_OfAnUnscorableSample_SaysWhyAndWhatItCountsAs()
    {
        var card = CardOf(Run(OutlierViews.Result("spam", 0.7, ResultStatus.Unscorable)) with { Censored = [], Loss = null });
        Assert.Contains("No token of the answer stands for a label. It counts as wrong", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll(".sample-probabilities"));
        Assert.Contains("not defined", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("pre"));
    }

    [Fact]
    public void Text_WithInvisibleCharacters_WritesThemOutOnRequest()
    {
        var screen = Screen(Run(OutlierViews.Result("spam", 0.7)));
        var asItIs = Render<SampleText>(parameters => parameters.Add(p => p.Screen, screen).Add(p => p.Views, []));
        Assert.Equal("zero\u200Bwidth", asItIs.Find(".sample-text").TextContent);
        var shown = Render<SampleText>(parameters => parameters.Add(p => p.Screen, screen).Add(p => p.Views, []).Add(p => p.Invisible, true));
        Assert.Equal("zero[U+200B]width", shown.Find(".sample-text").TextContent);
        Assert.Equal(["True label", "Length", "page"], shown.FindAll("dt").Select(term => term.TextContent));
    }

    private IRenderedComponent<SampleRunCard> CardOf(SampleRun run)
    {
        var screen = Screen(run);
        return Render<SampleRunCard>(parameters => parameters.Add(p => p.Screen, screen).Add(p => p.Look, screen.Runs[0]));
    }

    private static SampleRun Run(ResultRecord result) => new("1", "plain", "plain", 1, "m", result, ["ham"], 1.2, false, null);

    private static SampleScreen Screen(SampleRun run) => SampleScreen.Of(
        new ExperimentSummary("7", "SMS", "1", "SMS", 10, [new ExperimentLabel("spam"), new ExperimentLabel("ham")], "spam", 5, null, null, null, null, 1, 1, 0),
        new SampleView("7", new SampleRecord(3, null, "zero\u200Bwidth", "ham", null, new Dictionary<string, object?> { ["page"] = 12L, ["note"] = "" }), 10, ["spam", "ham"], "spam", [run], [], []));
}
