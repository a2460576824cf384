using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Web.Runs;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
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
    public void Card_PausedByItsBudget_AsksForAHigherOne()
    {
        BudgetChange? asked = null;
        var run = Examples.Run(RunStatus.Paused, 100) with { MaxTokens = 12_000, Problem = "The token budget of 12,000 is used up: 12,633 tokens so far. Resume with a higher one, or with none." };
        var card = Render<RunCard>(parameters => parameters.Add(p => p.Item, Examples.Item(run)).Add(p => p.OnBudget, budget => asked = budget));
        Assert.DoesNotContain(card.FindAll(".run-actions > *"), action => action.TextContent.Trim() == "Resume");
        Assert.Contains("the whole run takes about 37,899 tokens", card.Find(".budget-form").TextContent, StringComparison.Ordinal);
        var field = card.Find(".budget-form input");
        Assert.Equal("40000", field.GetAttribute("value"));

        field.Input("12633");
        card.Find(".budget-form").Submit();
        Assert.Null(asked);
        Assert.Contains("above the 12,633 tokens that are used", card.Find(".budget-form [role=status]").TextContent, StringComparison.Ordinal);

        field.Input("50000");
        card.Find(".budget-form").Submit();
        Assert.Equal(50_000, asked?.MaxTokens);
        card.FindAll(".budget-form button")[1].Click();
        Assert.Equal(new BudgetChange { MaxTokens = null, MaxCost = null }, asked);
    }

    [Fact]
    public void Card_PausedForAnotherReason_HasNoBudgetForm() =>
        Assert.Empty(Card(Examples.Item(Examples.Run(RunStatus.Paused, 100) with { MaxTokens = 20_000 })).FindAll(".budget-form"));

    [Fact]
    public void Card_UnderWay_ShowsTheCurveSoFarAndKeepsItsPlaceBefore()
    {
        var run = Examples.Run(RunStatus.Running, 100);
        Assert.Empty(Card(Examples.Item(run with { Completed = 0 })).FindAll(".run-curve"));
        Assert.Empty(Card(Examples.Item(run)).FindAll(".run-curve > *"));

        var card = Card(Examples.Item(run) with { Curve = new RunCurve(0.91234, "spam", false, [new CurvePoint(null, 1, 0), new CurvePoint(null, 0.5, 1)]) });

        Assert.Equal("Precision-recall curve of plain v2 for spam, so far", card.Find(".run-curve svg").GetAttribute("aria-label"));
        Assert.Contains("0.912", card.Find(".run-curve p").TextContent, StringComparison.Ordinal);
        Assert.Contains("average precision, so far", card.Find(".run-curve p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void StartForm_WithABudget_PutsItIntoTheState()
    {
        RunsState? chosen = null;
        var form = Form(RunsState.Default, state => chosen = state);
        Assert.True(form.Find("#run-money").IsDisabled());
        form.Find("#run-tokens").Change("100000");
        Assert.Equal("?maxTokens=100000", chosen?.ToQuery());
        chosen = null;
        form.Find("#run-tokens").Change("-1");
        Assert.Null(chosen);
        Assert.Contains("whole number", form.Find("#run-budget-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CacheCard_SaysWhatIsStoredAndAsksBeforeItEmpties()
    {
        var asked = 0;
        Assert.Contains("Counting", Render<CacheCard>().Markup, StringComparison.Ordinal);
        var card = Render<CacheCard>(parameters => parameters
            .Add(p => p.Stored, new CacheRecord(12_345, 12_000, 45, 9_876_543, null))
            .Add(p => p.OnEmpty, () => asked++));
        Assert.Contains("12,345 answers are stored (9.9 MB)", card.Find("details p").TextContent, StringComparison.Ordinal);
        card.Find("button").Click();
        Assert.Equal(1, asked);
        var empty = Render<CacheCard>(parameters => parameters.Add(p => p.Stored, new CacheRecord(12_300, 0, 0, 9_876_543, new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero))));
        Assert.True(empty.Find("button").IsDisabled());
        Assert.Contains("2026-11-24 03:00:00 UTC", empty.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void CostCard_OfEachAnswer_ShowsIt()
    {
        Assert.Contains("Counting the calls", Render<CostCard>().Markup, StringComparison.Ordinal);
        Assert.Contains("900 calls to llama3:8b.", Render<CostCard>(parameters => parameters.Add(p => p.Cost, Examples.Cost())).Markup, StringComparison.Ordinal);
        var problem = new UserErrorException(UserErrorKind.Conflict, "The key cannot be read.", "Enter it again.");
        Assert.Equal("The key cannot be read. Enter it again.", Render<CostCard>(parameters => parameters.Add(p => p.Problem, problem)).Find("[role=alert]").TextContent);
    }

    [Fact]
    public void Progress_OfASlowedRun_SaysHowManyCallsGoOut_AndOfAHeldOneUntilWhen()
    {
        var slowed = Examples.Run(RunStatus.Running, 140) with { Concurrency = 4, MaxConcurrency = 16 };
        Assert.Equal("Slowed to 4 of 16 calls at once after rate limits or time-outs.", Render<RunProgress>(parameters => parameters.Add(p => p.Run, slowed)).Find(".run-pace-slowed").TextContent);
        var held = slowed with { HeldUntil = new DateTimeOffset(2026, 11, 23, 12, 1, 20, TimeSpan.Zero) };
        Assert.Equal("The server asked to be left alone until 2026-11-23 12:01:20 UTC.", Render<RunProgress>(parameters => parameters.Add(p => p.Run, held)).Find(".run-pace-slowed").TextContent);
        Assert.Empty(Render<RunProgress>(parameters => parameters.Add(p => p.Run, slowed with { Concurrency = 16 })).FindAll(".run-pace-slowed"));
    }

    [Fact]
    public void Card_OfAPausedRunThatAskedAgain_SaysSinceWhenAndHowOften()
    {
        var run = Examples.Run(RunStatus.Paused, 20) with { Retries = 1234, StatusSince = new DateTimeOffset(2026, 11, 23, 12, 1, 20, TimeSpan.Zero), Problem = "Paused after 3 samples in a row failed: no such key" };
        var card = Card(Examples.Item(run));
        Assert.Contains("paused since 2026-11-23 12:01:20 UTC", card.Find(".run-origin").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,234", card.Find(".run-facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("no such key", card.Find(".form-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OpenedAndClosed_AsksForItsLinesAndShowsThem()
    {
        var told = new List<bool>();
        var log = Render<RunLog>(parameters => parameters.Add(p => p.RunId, "5").Add(p => p.RunName, "plain v2").Add(p => p.OnToggle, told.Add));
        log.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        var at = new DateTimeOffset(2026, 11, 23, 12, 1, 20, TimeSpan.Zero);
        log.Render(parameters => parameters.Add(p => p.Lines, new PagedResult<RunEventRecord>([new("9", at, RunStatus.Paused, "On request."), new("8", at, null, "The endpoint was probed first.")], "8")));

        Assert.Equal([true], told);
        Assert.Equal(["2026-11-23 12:01:20 UTC Paused · On request.", "2026-11-23 12:01:20 UTC The endpoint was probed first."], log.FindAll("li").Select(line => string.Join(' ', line.Children.Select(part => part.TextContent.Trim()))));
        Assert.Contains("/api/runs/5/events?cursor=8", log.Markup, StringComparison.Ordinal);
        log.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        Assert.Equal([true, false], told);
    }

    private IRenderedComponent<RunCard> Card(RunOverview item) => Render<RunCard>(parameters => parameters.Add(p => p.Item, item));

    private IRenderedComponent<StartForm> Form(RunsState state, Action<RunsState> changed) =>
        Render<StartForm>(parameters => parameters.Add(p => p.Screen, Examples.Screen()).Add(p => p.State, state).Add(p => p.StateChanged, changed));
}
