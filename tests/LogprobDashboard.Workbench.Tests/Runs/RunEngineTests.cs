using System.Collections.Concurrent;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunEngineTests : IDisposable
{
    /// <summary>The harness's endpoint takes so many calls at once: so many answers can be on their way when a run is stopped.</summary>
    private const int InFlight = 8;

    private static readonly string YesAtOnce = ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)).ToJsonString();

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_EverySample_IsAskedOnceAndStored()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(500), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Completed, 500, 500, 0, 0), (run.Status, run.Total, run.Completed, run.Failed, run.Cached));
        Assert.Equal(500, server.Requests.Select(request => request.Prompt).Distinct().Count());
        Assert.Equal(500, server.Requests.Count);
        Assert.Equal((5000, 500), (run.PromptTokens, run.CompletionTokens));
        var results = await harness.ResultsOfAsync(run.Id);
        Assert.Equal(Enumerable.Range(0, 500), results.Select(result => result.Index));
        Assert.All(results, result =>
        {
            Assert.Equal(2.3, result.Score!.Value, 1e-12);
            Assert.Equal(("spam", -0.1, "spam"), (result.Predicted, result.TopLogprobs[0].Logprob, result.TopLogprobs[0].Label));
        });
    }

    [Fact]
    public async Task Run_Concurrency_ReachesTheEndpointsLimitAndNotMore()
    {
        var four = new SemaphoreSlim(0);
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            four.Release();
            // The first calls wait until as many as the limit allows are there: they would for ever if the engine were less bold.
            if (four.CurrentCount < 4)
                await AtLeastAsync(four, 4, context.RequestAborted);
            await ScriptedServer.WriteAsync(context, 200, YesAtOnce);
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(60), await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 4));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((60, 4), (run.Completed, server.MostInFlight));
    }

    [Fact]
    public async Task Run_ACallFails_IsAFailedSampleAndTheRunGoesOn()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Prompt is "text 3" or "text 7"
            ? ScriptedServer.WriteAsync(context, 500, """{"error":{"message":"boom"}}""")
            : ScriptedServer.WriteAsync(context, 200, YesAtOnce));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(20), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Completed, 18, 2), (run.Status, run.Completed, run.Failed));
        var failed = (await harness.ResultsOfAsync(run.Id)).Where(result => result.Status == ResultStatus.Failed).ToList();
        Assert.Equal([3, 7], failed.Select(result => result.Index));
        Assert.All(failed, result => Assert.Contains("boom", result.Problem, StringComparison.Ordinal));
        Assert.All(failed, result => Assert.Equal(nameof(FailureKind.ServerError), result.Reason));
    }

    [Fact]
    public async Task RetryFailed_AsksOnlyForTheFailedOnes()
    {
        var broken = true;
        await using var server = await ScriptedServer.StartAsync((request, context) => broken && request.Prompt.EndsWith('5')
            ? ScriptedServer.WriteAsync(context, 500, "{}")
            : ScriptedServer.WriteAsync(context, 200, YesAtOnce));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);
        Assert.Equal(3, run.Failed);
        broken = false;

        await harness.Runs.RetryFailedAsync(run.Id, CancellationToken.None);
        run = await harness.WhenEndedAsync(run.Id);

        Assert.Equal((RunStatus.Completed, 30, 0, 33), (run.Status, run.Completed, run.Failed, server.Requests.Count));
    }

    [Fact]
    public async Task Run_EveryCallFails_FailsAndSaysWhy()
    {
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, 500, """{"error":{"message":"out of memory"}}"""));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Failed, 5), (run.Status, run.Failed));
        Assert.Contains("out of memory", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_EndpointMovedToAnotherServer_SendsItsKeyNowhere()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            reached.TrySetResult();
            await open.Task.WaitAsync(context.RequestAborted);
            await ScriptedServer.WriteAsync(context, 200, YesAtOnce);
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("a", server.BaseUrl, "m", "key-of-the-first-server"), CancellationToken.None);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), endpoint);
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;
        await reached.Task;
        await harness.Runs.PauseAsync(id, CancellationToken.None);
        await harness.WhenIdleAsync(id);
        open.SetResult();

        await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("a", "http://127.0.0.1:9/v1", "m", "key-of-the-second-server"), CancellationToken.None);
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        var run = await harness.WhenEndedAsync(id);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("address has changed", run.Problem, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.Equal("Bearer key-of-the-first-server", request.Authorization));
    }

    [Fact]
    public async Task Resume_ARunThatFailedAltogether_AsksAgain()
    {
        var broken = true;
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, broken ? 500 : 200, broken ? "{}" : YesAtOnce));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(4), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);
        Assert.Equal(RunStatus.Failed, run.Status);
        broken = false;

        await harness.Runs.ResumeAsync(run.Id, CancellationToken.None);
        run = await harness.WhenEndedAsync(run.Id);

        Assert.Equal((RunStatus.Completed, 4, 0), (run.Status, run.Completed, run.Failed));
    }

    [Fact]
    public async Task Cancel_ARunningRun_KeepsWhatCame_AndResumeAsksOnlyForTheRest()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new ConcurrentBag<string>();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async (request, context) =>
        {
            if (answered.Count >= 30)
            {
                reached.TrySetResult();
                await open.Task.WaitAsync(context.RequestAborted);
            }

            answered.Add(request.Prompt);
            await ScriptedServer.WriteAsync(context, 200, YesAtOnce);
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;
        await reached.Task;

        await harness.Runs.CancelAsync(id, CancellationToken.None);
        await harness.WhenIdleAsync(id);
        var cancelled = await harness.RunsQueries.GetAsync(id, CancellationToken.None);
        Assert.Equal(RunStatus.Cancelled, cancelled.Status);
        Assert.InRange(cancelled.Completed, answered.Count - InFlight, answered.Count);
        open.SetResult();
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        var run = await harness.WhenEndedAsync(id);

        Assert.Equal((RunStatus.Completed, 100, 0), (run.Status, run.Completed, run.Failed));
        Assert.InRange(answered.Count, 100, 100 + InFlight);
    }

    [Fact]
    public async Task Restart_WhileRunning_GoesOnAndAsksAgainOnlyWhatWasInFlight()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new ConcurrentBag<string>();
        await using var server = await ScriptedServer.StartAsync(async (request, context) =>
        {
            if (answered.Count >= 40)
            {
                reached.TrySetResult();
                await open.Task.WaitAsync(context.RequestAborted);
            }

            answered.Add(request.Prompt);
            await ScriptedServer.WriteAsync(context, 200, YesAtOnce);
        });
        string id;
        await using (var before = await WorkbenchHarness.StartAsync(_directory))
        {
            var experiment = await before.AddExperimentAsync(await before.ImportRowsAsync(120), await before.AddEndpointAsync(server.BaseUrl));
            id = (await before.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;
            await reached.Task;
        }

        open.SetResult();
        await using var after = await WorkbenchHarness.StartAsync(_directory);
        var run = await after.WhenEndedAsync(id);

        Assert.Equal((RunStatus.Completed, 120, 0), (run.Status, run.Completed, run.Failed));
        Assert.InRange(answered.Count, 120, 120 + InFlight);
        Assert.Equal(120, answered.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 120), (await after.ResultsOfAsync(id)).Select(result => result.Index));
    }

    [Fact]
    public async Task Run_LimitAndSources_SelectSamples()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));

        var small = await harness.RunAsync(experiment, new RunInput(Sources: ["chat"], Limit: 10, SampleSeed: 5));
        var large = await harness.RunAsync(experiment, new RunInput(Sources: ["chat"], Limit: 25, SampleSeed: 5));

        Assert.Equal((10, 25, 10), (small.Completed, large.Completed, large.Cached));
        Assert.All(await harness.ResultsOfAsync(large.Id), result => Assert.Equal(1, result.Index % 2));
    }

    [Fact]
    public async Task Run_NoLabelMatched_IsUnscorableNotFailed()
    {
        await using var server = await ScriptedServer.StartAsync(request => request.Prompt == "text 1"
            ? ScriptedServer.Completion(("Maybe", -0.1))
            : request.Prompt == "text 2" ? ScriptedServer.Completion(("Yes", -9999), ("No", -9999)) : ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(4), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((4, 2, 0), (run.Completed, run.Unscorable, run.Failed));
        var results = await harness.ResultsOfAsync(run.Id);
        Assert.Equal([ResultStatus.Scored, ResultStatus.Unscorable, ResultStatus.Unscorable, ResultStatus.Scored], results.Select(result => result.Status));
        Assert.Null(results[1].Score);
        Assert.NotNull(results[1].Problem);
    }

    private static async Task AtLeastAsync(SemaphoreSlim arrived, int count, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (arrived.CurrentCount < count && await timer.WaitForNextTickAsync(cancellationToken))
        {
        }
    }
}
