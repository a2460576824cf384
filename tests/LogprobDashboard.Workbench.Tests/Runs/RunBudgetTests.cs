using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>The scripted server bills 11 tokens a call: 10 of the prompt, 1 of the answer.</summary>
public sealed class RunBudgetTests : IDisposable
{
    private const int Concurrency = 4;

    /// <summary>So many samples at most may be on their way when a budget is used up; on a machine with time to spare, as many as there are places.</summary>
    private const int AtWork = (3 * Concurrency) + 32;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_ThatReachesItsTokenBudget_PausesAndSaysSo()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);

        var run = await PausedAsync(harness, experiment, new RunInput(MaxTokens: 220));

        Assert.InRange(run.PromptTokens + run.CompletionTokens, 220, 220 + (11 * AtWork));
        Assert.Equal(run.PromptTokens + run.CompletionTokens, 11L * Asked(server));
        Assert.Equal(run.Completed, Asked(server));
        Assert.Equal(FormattableString.Invariant($"The token budget of 220 is used up: {run.PromptTokens + run.CompletionTokens} tokens so far. Resume with a higher one, or with none."), run.Problem);
    }

    [Fact]
    public async Task Resume_WithAHigherBudget_GoesOnAndCountsWhatWasUsedBefore()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);
        var run = await PausedAsync(harness, experiment, new RunInput(MaxTokens: 220));

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => harness.Runs.ResumeAsync(run.Id, null, CancellationToken.None));
        Assert.Equal((UserErrorKind.Conflict, run.Problem), (refusal.Kind, refusal.Detail));
        await Assert.ThrowsAsync<UserErrorException>(() => harness.Runs.ResumeAsync(run.Id, new BudgetChange { MaxTokens = 100 }, CancellationToken.None));
        await harness.Runs.ResumeAsync(run.Id, new BudgetChange { MaxTokens = 550 }, CancellationToken.None);
        var later = await WhenPausedAsync(harness, run.Id);

        Assert.InRange(later.PromptTokens + later.CompletionTokens, 550, 550 + (11 * AtWork));
        Assert.Equal((550L, later.Completed), (later.MaxTokens, Asked(server)));

        await harness.Runs.ResumeAsync(run.Id, new BudgetChange { MaxTokens = null }, CancellationToken.None);
        var ended = await harness.WhenEndedAsync(run.Id);

        Assert.Equal((RunStatus.Completed, 100, 100, null), (ended.Status, ended.Completed, Asked(server), ended.MaxTokens));
    }

    [Fact]
    public async Task Budget_AfterARestart_CountsWhatIsStored()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        string id;
        await using (var harness = await WorkbenchHarness.StartAsync(_directory))
        {
            var run = await PausedAsync(harness, await ExperimentAsync(harness, server), new RunInput(MaxTokens: 220));
            id = run.Id;
        }

        await using var again = await WorkbenchHarness.StartAsync(_directory);
        await again.Runs.ResumeAsync(id, new BudgetChange { MaxTokens = 440 }, CancellationToken.None);
        var later = await WhenPausedAsync(again, id);

        Assert.InRange(later.PromptTokens + later.CompletionTokens, 440, 440 + (11 * AtWork));
        Assert.Equal(later.Completed, Asked(server));
    }

    [Fact]
    public async Task Run_LimitedByMoney_PausesWhenItIsSpent()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server, promptPrice: 100_000, completionPrice: 500_000);

        // 10 tokens at 0.1 and one at 0.5: 1.5 a call.
        var run = await PausedAsync(harness, experiment, new RunInput(MaxCost: 30));

        Assert.InRange(run.Completed, 20, 20 + AtWork);
        Assert.Equal(run.Completed * 1.5, run.Cost!.Value, 1e-9);
        Assert.StartsWith("The budget of 30 is used up: ", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhoseLastAnswerReachesTheBudget_IsCompleted()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);

        var run = await harness.RunAsync(experiment, new RunInput(Limit: 10, MaxTokens: 110));

        Assert.Equal((RunStatus.Completed, 10, 110L), (run.Status, run.Completed, run.PromptTokens + run.CompletionTokens));
    }

    [Fact]
    public async Task Run_AtAServerWithoutABill_CountsItsOwnEstimate()
    {
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(("No", -0.1));
            completion.Remove("usage");
            return completion;
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);

        var run = await PausedAsync(harness, experiment, new RunInput(MaxTokens: 200));
        var overview = await harness.Get<RunsOverviewQueries>().OfAsync(experiment.Id, null, CancellationToken.None);

        // "text 7" is two tokens ("text", " 7"… or three), the frame seven, the answer one.
        Assert.InRange(run.PromptTokens + run.CompletionTokens, 200, 200 + (12 * AtWork));
        Assert.InRange((double)run.PromptTokens / run.Completed, 9, 11);
        Assert.Equal(run.Completed, run.CompletionTokens);
        Assert.True(overview.Items[0].TokensAreEstimated);
    }

    [Fact]
    public async Task Answers_FromTheCache_CostNothing()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);
        await harness.RunAsync(experiment);

        var run = await harness.RunAsync(experiment, new RunInput(MaxTokens: 1));

        Assert.Equal((RunStatus.Completed, 100, 100, 0L), (run.Status, run.Completed, run.Cached, run.PromptTokens + run.CompletionTokens));
    }

    [Fact]
    public async Task Change_OfARunAtWork_IsRefused()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            await answered.Task;
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("No", -0.1)).ToJsonString());
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, server);
        var run = (await harness.Runs.StartAsync(experiment.Id, new RunInput(Limit: 3), CancellationToken.None)).Runs[0];
        await harness.WhenAsync(run.Id, now => now.Status == RunStatus.Running);

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => harness.Runs.ChangeBudgetAsync(run.Id, new BudgetChange { MaxTokens = 5 }, CancellationToken.None));
        answered.SetResult();

        Assert.Equal("Pause the run first.", refusal.Detail);
        Assert.Equal(RunStatus.Completed, (await harness.WhenEndedAsync(run.Id)).Status);
    }

    [Fact]
    public void Spend_FromManyThreads_LosesNothing()
    {
        var budget = RunBudget.Of(Run(maxTokens: 30_000), Endpoint());

        Parallel.For(0, 10_000, _ => budget.Spend(2, 1));

        Assert.Contains("30,000 tokens so far", budget.Reason, StringComparison.Ordinal);
        Assert.Null(RunBudget.Of(Run(maxTokens: null), Endpoint()).Reason);
        Assert.Contains("no prices any more", RunBudget.Of(Run(maxCost: 1), Endpoint()).Reason, StringComparison.Ordinal);
    }

    /// <summary>The requests for samples; those of the probe before the first run are others.</summary>
    private static int Asked(ScriptedServer server) => server.Requests.Count(request => request.Prompt.StartsWith("text ", StringComparison.Ordinal));

    private static Run Run(long? maxTokens = null, double? maxCost = null) => new() { Name = "r", Settings = Endpoint().Settings, MaxTokens = maxTokens, MaxCost = maxCost };

    private static EndpointEntity Endpoint() => new() { Name = "e", Settings = new CallSettings("http://127.0.0.1:9/v1", "m", 20, 60, 1, OutputLimitField.MaxTokens, null, null) };

    private static async Task<ExperimentRecord> ExperimentAsync(WorkbenchHarness harness, ScriptedServer server, double? promptPrice = null, double? completionPrice = null)
    {
        var endpoint = await harness.Endpoints.CreateAsync(
            new EndpointInput("scripted", server.BaseUrl, "m", MaxConcurrency: Concurrency, PromptTokenPrice: promptPrice, CompletionTokenPrice: completionPrice), CancellationToken.None);
        return await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), endpoint);
    }

    private static async Task<RunRecord> PausedAsync(WorkbenchHarness harness, ExperimentRecord experiment, RunInput input) =>
        await WhenPausedAsync(harness, (await harness.Runs.StartAsync(experiment.Id, input, CancellationToken.None)).Runs[0].Id);

    private static async Task<RunRecord> WhenPausedAsync(WorkbenchHarness harness, string run)
    {
        var paused = await harness.WhenAsync(run, now => now.Status is not (RunStatus.Queued or RunStatus.Running));
        Assert.Equal(RunStatus.Paused, paused.Status);
        return paused;
    }
}
