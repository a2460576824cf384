using Bunit;
using LogprobDashboard.Web.Experiments;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Tests.Experiments;

public sealed class ExperimentComponentsTests : BunitContext
{
    private static ExperimentOverview Sms { get; } = new(
        "7", "SMS spam", "sms", 1000, ["ham", "spam"], "spam", 0.92896, "plain v1", 3, 1, DateTimeOffset.UnixEpoch, [new("plain v1", [new(null, 1, 0), new(2, 0.5, 1)])],
        2, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), new ExperimentProgress(250, 1000, 25.4, 29.5));

    [Fact]
    public void Card_ShowsItsBestAndDrawsItsCurvesAsSteps()
    {
        var card = Render<ExperimentCard>(parameters => parameters.Add(p => p.Experiment, Sms));
        Assert.Equal("/experiments/7/compare", card.Find("h2 a").GetAttribute("href"));
        Assert.Contains("0.929 by plain v1", card.Find("dd").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 prompts · 3 runs, the last 2026-05-04 03:02 UTC", card.Markup, StringComparison.Ordinal);
        Assert.Equal("M0 0V40H120", card.Find("path").GetAttribute("d"));
        Assert.Equal("Precision-recall curves of 1 run for spam", card.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void Card_WhileRunsAreUnderWay_SaysHowFarAndHowLong()
    {
        var card = Render<ExperimentCard>(parameters => parameters.Add(p => p.Experiment, Sms));
        Assert.Equal("1 run under way: 250 of 1,000, 25 a second, 30 s left", card.Find(".experiment-progress p").TextContent);
        Assert.Equal("width: 25%", card.Find(".progress i").GetAttribute("style"));
    }

    [Fact]
    public void Card_WithoutAnyResult_SaysNotDefinedAndDrawsNothing()
    {
        var experiment = new ExperimentOverview("7", "New", "sms", 10, ["a", "b", "c"], "a", null, null, 0, 0, DateTimeOffset.UnixEpoch, []);
        var card = Render<ExperimentCard>(parameters => parameters.Add(p => p.Experiment, experiment));
        Assert.Equal("not defined", card.Find("dd").TextContent.Trim());
        Assert.Empty(card.FindAll("svg"));
        Assert.Empty(card.FindAll(".progress"));
    }

    [Fact]
    public void Card_Buttons_NameTheirExperiment()
    {
        var asked = new List<string>();
        var card = Render<ExperimentCard>(parameters => parameters
            .Add(p => p.Experiment, Sms)
            .Add(p => p.OnRename, experiment => asked.Add("rename " + experiment.Id))
            .Add(p => p.OnDuplicate, experiment => asked.Add("duplicate " + experiment.Id))
            .Add(p => p.OnDelete, experiment => asked.Add("delete " + experiment.Id)));
        foreach (var button in card.FindAll("button").ToList())
            button.Click();
        Assert.Equal(["rename 7", "duplicate 7", "delete 7"], asked);
        Assert.All(card.FindAll("button"), button => Assert.Contains("SMS spam", button.GetAttribute("aria-label"), StringComparison.Ordinal));
    }

    [Fact]
    public void Drafts_SayWhereTheyWereLeftAndGoOnThere()
    {
        DraftRecord? discarded = null;
        var list = Render<DraftList>(parameters => parameters
            .Add(p => p.Drafts,
            [
                Draft("1", new DraftContent { Step = DraftStep.Labels, DatasetName = "tickets", Labels = [new("a"), new("b")] }),
                Draft("2", new DraftContent { Step = DraftStep.Prompt, DatasetName = "tickets", Name = "Mine" }),
                Draft("3", new DraftContent()),
                Draft("4", new DraftContent { Name = "Made" }) with { ExperimentId = "9" },
            ])
            .Add(p => p.OnDiscard, draft => discarded = draft));
        Assert.Equal(["tickets", "Mine", "Nothing chosen yet", "Made"], list.FindAll("b").Select(name => name.TextContent));
        Assert.Equal(["step 2 of 3, 2 labels", "step 3 of 3, prompt and endpoint", "step 1 of 3, data", "made, but its first run was not started"], list.FindAll("p").Select(where => where.TextContent.Split(" · ")[0]));
        Assert.Equal("/experiments/new/2", list.Find("[aria-label='Continue Mine']").GetAttribute("href"));
        list.Find("[aria-label='Discard Mine']").Click();
        Assert.Equal("2", discarded!.Id);
    }

    [Fact]
    public void Pages_LinkTheirNeighboursOnly()
    {
        Assert.Equal(["/?page=1", "/?page=3"], Links(2, 3));
        Assert.Equal(["/?page=2"], Links(1, 3));
        Assert.Equal(["/?page=2"], Links(3, 3));

        List<string?> Links(int page, int pages) => [.. Render<PageLinks>(parameters => parameters.Add(p => p.Page, page).Add(p => p.Pages, pages).Add(p => p.Address, number => $"/?page={number}")).FindAll("a").Select(link => link.GetAttribute("href"))];
    }

    private static DraftRecord Draft(string id, DraftContent content) => new(id, 1, content, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
