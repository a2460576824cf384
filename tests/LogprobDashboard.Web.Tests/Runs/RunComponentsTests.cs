using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Web.Runs;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Tests.Runs;

public sealed class RunComponentsTests : BunitContext
{
    [Fact]
    public void Progress_HalfWay_IsABarThatSaysSo()
    {
        var progress = Render<RunProgress>(parameters => parameters.Add(p => p.Run, Examples.Run(RunStatus.Running, 140, 10) with { RequestsPerSecond = 3.26, RemainingSeconds = 46 }));
        var bar = progress.Find("[role=progressbar]");
        Assert.Equal(("150", "300", "150 of 300"), (bar.GetAttribute("aria-valuenow"), bar.GetAttribute("aria-valuemax"), bar.GetAttribute("aria-valuetext")));
        Assert.Equal("width: 50%", bar.Children[0].GetAttribute("style"));
        Assert.Equal("150 of 300 · 3.3 requests/s · about 46 s left", progress.Find("p").TextContent);
    }

    [Fact]
    public void Progress_OfARunWithoutSamples_IsEmpty() =>
        Assert.Equal("width: 0%", Render<RunProgress>(parameters => parameters.Add(p => p.Run, Examples.Run(RunStatus.Queued, 0) with { Total = 0 })).Find("i").GetAttribute("style"));

    [Theory]
    [InlineData(RunStatus.Queued, 0, "Pause Cancel")]
    [InlineData(RunStatus.Running, 0, "Pause Cancel")]
    [InlineData(RunStatus.Paused, 3, "Resume Cancel")]
    [InlineData(RunStatus.Cancelled, 0, "Resume Compare Outliers Delete")]
    [InlineData(RunStatus.Completed, 0, "Compare Outliers Delete")]
    [InlineData(RunStatus.Completed, 3, "Retry failed Compare Outliers Delete")]
    [InlineData(RunStatus.Failed, 0, "Resume Compare Outliers Delete")]
    public void Card_InEachState_OffersWhatCanBeDone(RunStatus status, int failed, string expected)
    {
        var card = Card(Examples.Item(Examples.Run(status, 200, failed)));
        Assert.Equal(expected, string.Join(' ', card.FindAll(".run-actions > *").Select(action => action.TextContent.Trim())));
        Assert.Contains(status.ToString(), card.Find(".run-mark").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_OfAnImportedRun_OffersNoCalls()
    {
        var card = Card(Examples.Item(Examples.Run() with { VariantId = null, VariantName = null, VariantVersion = null, EndpointHost = null, Name = "from the batch" }));
        Assert.Equal("from the batch", card.Find("h3").TextContent);
        Assert.Equal("Compare Outliers Delete", string.Join(' ', card.FindAll(".run-actions > *").Select(action => action.TextContent.Trim())));
        Assert.Contains("recorded elsewhere", card.Find(".run-origin").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_OfAFinishedRun_LinksToWhatIsMadeOfIt()
    {
        var card = Card(Examples.Item(Examples.Run()));
        var links = card.FindAll("a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal(["/experiments/7/compare?runs=5", "/experiments/7/outliers?runs=5", "/api/runs/5/results?format=jsonl", "/api/runs/5/results?format=csv"], links);
        Assert.Contains("12,345 / 288", card.Markup, StringComparison.Ordinal);
        Assert.Contains("1 min 35 s", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("[role=progressbar]"));
    }

    [Fact]
    public void Card_Pressed_TellsTheActionAndShowsARefusal()
    {
        RunAction? asked = null;
        var card = Render<RunCard>(parameters => parameters
            .Add(p => p.Item, Examples.Item(Examples.Run(RunStatus.Running, 20)))
            .Add(p => p.Refusal, new UserErrorException(UserErrorKind.Conflict, "The run \"plain v2\" is completed.", "The run has ended already."))
            .Add(p => p.OnAction, action => asked = action));
        card.Find("button[aria-label='Cancel plain v2']").Click();
        Assert.Equal(RunAction.Cancel, asked);
        Assert.Equal("The run \"plain v2\" is completed. The run has ended already.", card.Find("[role=alert]").TextContent);
    }

    [Fact]
    public void Failures_ByKind_CountTheirMessagesAndLinkTheirSamples()
    {
        var failures = new RunFailures(
            [new FailureGroup(FailureKind.RateLimited, 12, [new FailureMessage("HTTP 429. Slow down.", 9, [3, 5, 8, 9, 11]), new FailureMessage("HTTP 429. Wait.", 2, [1, 2])], 1)],
            [new UnscorableGroup(UnscorableReason.NoLabelMatched, "No token stands for a label.", 1, [44])]);
        var list = Render<RunFailureList>(parameters => parameters.Add(p => p.ExperimentId, "7").Add(p => p.RunName, "plain v2").Add(p => p.Failures, failures));
        var groups = list.FindAll("li");
        Assert.Equal("12 calls failed: Too many requests", groups[0].QuerySelector("b")!.TextContent);
        Assert.Contains("9 × HTTP 429. Slow down.", groups[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 further message", groups[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("/experiments/7/samples/3", groups[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("1 answer cannot be scored", groups[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("…", groups[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void StartForm_AVariantUnchecked_IsLeftOutOfTheState()
    {
        RunsState? chosen = null;
        var form = Form(RunsState.Default, state => chosen = state);
        form.FindAll(".check-items input")[0].Change(false);
        Assert.Equal("?variants=2", chosen?.ToQuery());
    }

    [Fact]
    public void StartForm_TheLastVariant_CannotBeUnchecked_AndAllIsTheDefault()
    {
        RunsState? chosen = null;
        var form = Form(new RunsState { Variants = ["2"] }, state => chosen = state);
        Assert.True(form.FindAll(".check-items input")[1].IsDisabled());
        Assert.Equal("Start 1 run", form.Find(".button.primary").TextContent);
        form.FindAll(".check-items input")[0].Change(true);
        Assert.Equal("", chosen?.ToQuery());
    }

    [Fact]
    public void StartForm_ALimitThatIsNone_KeepsTheOneBeforeAndSaysSo()
    {
        RunsState? chosen = null;
        var form = Form(new RunsState { Limit = 50 }, state => chosen = state);
        form.Find("#run-limit").Change("-3");
        Assert.Null(chosen);
        Assert.Contains("whole number", form.Find("#run-limit-hint").TextContent, StringComparison.Ordinal);
        form.Find("#run-limit").Change("");
        Assert.Null(chosen?.Limit);
        Assert.NotNull(chosen);
    }

    [Fact]
    public void StartForm_WithoutAnEndpoint_AsksForOneAndDoesNotStart()
    {
        var form = Render<StartForm>(parameters => parameters.Add(p => p.Screen, Examples.Screen(endpointId: null, withoutSource: 9)).Add(p => p.State, RunsState.Default));
        Assert.True(form.Find(".button.primary").IsDisabled());
        Assert.Contains("Choose an endpoint.", form.Markup, StringComparison.Ordinal);
        Assert.Contains("9 samples have no source", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void CostCard_OfEachAnswer_ShowsIt()
    {
        Assert.Contains("Counting the calls", Render<CostCard>().Markup, StringComparison.Ordinal);
        Assert.Contains("900 calls to llama3:8b.", Render<CostCard>(parameters => parameters.Add(p => p.Cost, Examples.Cost())).Markup, StringComparison.Ordinal);
        var problem = new UserErrorException(UserErrorKind.Conflict, "The key cannot be read.", "Enter it again.");
        Assert.Equal("The key cannot be read. Enter it again.", Render<CostCard>(parameters => parameters.Add(p => p.Problem, problem)).Find("[role=alert]").TextContent);
    }

    private IRenderedComponent<RunCard> Card(RunOverview item) => Render<RunCard>(parameters => parameters.Add(p => p.Item, item));

    private IRenderedComponent<StartForm> Form(RunsState state, Action<RunsState> changed) =>
        Render<StartForm>(parameters => parameters.Add(p => p.Screen, Examples.Screen()).Add(p => p.State, state).Add(p => p.StateChanged, changed));
}
