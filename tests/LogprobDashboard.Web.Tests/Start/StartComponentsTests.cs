using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Tests.Start;

public sealed class StartComponentsTests : BunitContext
{
    private static DatasetRecord Sms { get; } = StartSteps.Dataset("3", "sms", ("ham", 30), ("spam", 10));

    [Fact]
    public void Steps_WithNothingChosen_LeadNowhere()
    {
        var header = Render<StepHeader>(parameters => parameters.Add(p => p.Step, DraftStep.Data));
        Assert.Empty(header.FindAll("a"));
        Assert.Contains("Data", header.Find("[aria-current=step]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_ThatAreDone_LeadBack()
    {
        var header = Render<StepHeader>(parameters => parameters.Add(p => p.Step, DraftStep.Prompt).Add(p => p.Plan, StartSteps.Plan(Sms)).Add(p => p.DraftId, "9"));
        Assert.Equal(["/experiments/new/9?step=data", "/experiments/new/9?step=labels"], header.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Contains("2 labels, positive: spam", header.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_WithLabelsThatCannotBeUsed_DoNotLeadOn()
    {
        var plan = StartSteps.Plan(Sms, content => Drafting.Remove(content, 0));
        var header = Render<StepHeader>(parameters => parameters.Add(p => p.Step, DraftStep.Labels).Add(p => p.Plan, plan).Add(p => p.DraftId, "9"));
        Assert.Equal(["/experiments/new/9?step=data"], header.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Footer_OfTheLastStep_CreatesWithAndWithoutARun()
    {
        var asked = new List<bool>();
        var footer = Footer(StartSteps.Plan(Sms), DraftStep.Prompt, asked);
        Assert.Contains("40 calls to Demo", footer.Find("#first-samples-hint").TextContent, StringComparison.Ordinal);
        footer.Find("button.primary").Click();
        footer.FindAll("button")[0].Click();
        Assert.Equal([true, false], asked);
    }

    [Fact]
    public void Footer_WithTooManySamples_SaysSoAndDoesNotRun()
    {
        var footer = Footer(StartSteps.Plan(Sms, content => content with { Samples = 41 }), DraftStep.Prompt, []);
        Assert.True(footer.Find("button.primary").IsDisabled());
        Assert.False(footer.FindAll("button")[0].IsDisabled());
        Assert.Contains("from 1 to 40", footer.Find(".form-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Footer_SamplesTyped_ChangeTheDraft()
    {
        DraftContent? changed = null;
        var footer = Render<StepFooter>(parameters => parameters.Add(p => p.Step, DraftStep.Prompt).Add(p => p.Plan, StartSteps.Plan(Sms)).Add(p => p.DraftId, "9").Add(p => p.OnChange, content => changed = content));
        footer.Find("#first-samples").Input("12");
        Assert.Equal(12, changed!.Samples);
        footer.Find("#first-samples").Input("");
        Assert.Null(changed.Samples);
        Assert.Equal("", footer.Find("#first-samples").GetAttribute("value"));
        footer.Find("#first-samples").Blur();
        Assert.Equal("40", footer.Find("#first-samples").GetAttribute("value"));
    }

    [Fact]
    public void Data_WithoutAnyDataset_SaysWhatToBringAndOffersTheDemo()
    {
        var used = 0;
        var step = Render<DataStep>(parameters => parameters.Add(p => p.Datasets, new DatasetPage([], 0, 0, 1, 1)).Add(p => p.State, StartState.Default).Add(p => p.OnDemo, () => used++));
        Assert.Contains("one row a text", step.Markup, StringComparison.Ordinal);
        step.FindAll("button").Single(button => button.TextContent == "Use the demo messages").Click();
        Assert.Equal(1, used);
    }

    [Fact]
    public void Data_Chosen_IsMarked_AndOneWithoutLabelsSaysWhatThatMeans()
    {
        string? chosen = null;
        var step = Render<DataStep>(parameters => parameters
            .Add(p => p.Datasets, new DatasetPage([Sms, StartSteps.Dataset("4", "texts")], 2, 2, 1, 1)).Add(p => p.State, StartState.Default).Add(p => p.Chosen, "3").Add(p => p.OnChoose, id => chosen = id));
        Assert.Contains("chosen", step.Find("li.chosen").TextContent, StringComparison.Ordinal);
        Assert.Contains("no labels: you name them", step.FindAll("li")[1].TextContent, StringComparison.Ordinal);
        step.Find("[aria-label='Use this: texts']").Click();
        Assert.Equal("4", chosen);
    }

    [Fact]
    public void Data_ThatWasDeleted_IsNamedAndNothingElseIsLost()
    {
        var step = Render<DataStep>(parameters => parameters.Add(p => p.Datasets, new DatasetPage([Sms], 1, 1, 1, 1)).Add(p => p.State, StartState.Default).Add(p => p.Gone, "old tickets"));
        Assert.Contains("\"old tickets\" was deleted", step.Find(".notice-title").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_OfASample_ShowsBothMessagesAndLeadsToItsNeighbours()
    {
        var sample = new SampleRecord(1, null, "win a prize", "spam", null, new Dictionary<string, object?>());
        var card = Render<PreviewCard>(parameters => parameters.Add(p => p.Plan, StartSteps.Plan(Sms)).Add(p => p.Sample, sample).Add(p => p.Address, index => $"?sample={index}"));
        Assert.Equal(["system", "user"], card.FindAll(".preview-role").Select(role => role.TextContent));
        Assert.Contains("win a prize", card.FindAll("pre")[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("True label: spam", card.FindAll("pre")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["?sample=0", "?sample=2"], card.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void HalfMade_SaysWhatIsMissingAndOffersToGoOn()
    {
        var went = 0;
        var notice = Render<HalfMade>(parameters => parameters.Add(p => p.ExperimentId, "5").Add(p => p.Failure, "The key cannot be read.").Add(p => p.OnRun, () => went++));
        Assert.Contains("The key cannot be read.", notice.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        notice.Find("button.primary").Click();
        Assert.Equal(1, went);
    }

    private IRenderedComponent<StepFooter> Footer(DraftPlan plan, DraftStep step, List<bool> asked) => Render<StepFooter>(parameters => parameters
        .Add(p => p.Step, step).Add(p => p.Plan, plan).Add(p => p.DraftId, "9").Add(p => p.OnCreate, run => asked.Add(run)));
}
