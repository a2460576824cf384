using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>A run that had better stop pauses, says why, and goes on when that was mended.</summary>
public sealed class RunPausesTests : IDisposable
{
    private static readonly string YesAtOnce = ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)).ToJsonString();

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_AKeyThatIsNotAccepted_PausesWithoutAFailedSample_AndGoesOnWithTheNewKey()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Authorization == "Bearer right"
            ? ScriptedServer.WriteAsync(context, 200, YesAtOnce)
            : ScriptedServer.WriteAsync(context, 401, """{"error":{"message":"Incorrect API key provided"}}"""));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 4, apiKey: "wrong");
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(2000), endpoint);
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenAsync(id, run => run.Status == RunStatus.Paused);

        Assert.Equal((0, 0), (run.Completed, run.Failed));
        Assert.Contains("Incorrect API key", run.Problem, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, RunBreaker.MostFatal, 60); // of 2,000: no more than were at work when the streak was seen
        Assert.Empty(await harness.ResultsOfAsync(id));
        Assert.Equal([RunStatus.Queued, RunStatus.Running, RunStatus.Paused], (await harness.LogOfAsync(id)).Select(entry => entry.Status!.Value));

        await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("scripted", server.BaseUrl, "m", "right", MaxConcurrency: 4), CancellationToken.None);
        await harness.MarkProbedAsync(endpoint.Id);
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        run = await harness.WhenEndedAsync(id);

        Assert.Equal((RunStatus.Completed, 2000, 0, null), (run.Status, run.Completed, run.Failed, run.Problem));
    }

    [Fact]
    public async Task Run_AKeyRevokedInTheMiddle_KeepsWhatCame()
    {
        var calls = 0;
        await using var server = await ScriptedServer.StartAsync((_, context) => Interlocked.Increment(ref calls) <= 50
            ? ScriptedServer.WriteAsync(context, 200, YesAtOnce)
            : ScriptedServer.WriteAsync(context, 401, "{}"));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(300), await harness.AddEndpointAsync(server.BaseUrl));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenAsync(id, run => run.Status == RunStatus.Paused);

        Assert.Equal((50, 0), (run.Completed, run.Failed));
        calls = int.MinValue / 2;
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        run = await harness.WhenEndedAsync(id);
        Assert.Equal((RunStatus.Completed, 300, 0), (run.Status, run.Completed, run.Failed));
    }

    [Fact]
    public async Task Run_AServerThatIsGone_PausesAfterAStreakInsteadOfFailingEverySample()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => (options.CallAttempts, options.FirstRetrySeconds) = (2, 0.001));
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(5000), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenAsync(id, run => run.Status == RunStatus.Paused);

        Assert.Equal((0, 0), (run.Completed, run.Failed));
        Assert.Contains("25 samples in a row", run.Problem, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:9", run.Problem, StringComparison.Ordinal);
        Assert.InRange(run.Retries, RunBreaker.MostGivenUp, 100);
    }

    [Fact]
    public async Task Run_AnEndpointNeverProbed_ProbesFirst_AndPausesWhereItCannotServe()
    {
        var logprobs = false;
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            var completion = ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4));
            if (!logprobs)
                completion["choices"]![0]!["logprobs"] = null;
            return completion;
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("never probed", server.BaseUrl, "m"), CancellationToken.None);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), endpoint);
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenAsync(id, run => run.Status == RunStatus.Paused);

        Assert.Equal((0, 0), (run.Completed, run.Failed));
        Assert.StartsWith("The endpoint was probed and cannot serve: ", run.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Prompt.StartsWith("text ", StringComparison.Ordinal));
        logprobs = true;
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        run = await harness.WhenEndedAsync(id);
        Assert.Equal((RunStatus.Completed, 100), (run.Status, run.Completed));
        Assert.Contains(await harness.LogOfAsync(id), entry => entry.Message?.StartsWith("The endpoint was probed first, and serves: 2 log probs", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Run_AProbeThatFailsInPassing_IsMadeAgain()
    {
        await using var server = await FaultyServer.StartAsync(call => call <= 4 ? Fault.ServerError : Fault.None);
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => (options.CallAttempts, options.FirstRetrySeconds) = (8, 0.001));
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("never probed", server.BaseUrl, "m"), CancellationToken.None);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(10), endpoint);

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Completed, 10, 0), (run.Status, run.Completed, run.Failed));
        Assert.True(run.Retries > 0);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(400)]
    public async Task Run_AServerThatAnswersAllButTheProbe_GoesOnAndSaysSo(int status)
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Prompt.StartsWith("text ", StringComparison.Ordinal)
            ? ScriptedServer.WriteAsync(context, 200, YesAtOnce)
            : ScriptedServer.WriteAsync(context, status, """{"error":{"message":"an unknown prompt"}}"""));
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => (options.CallAttempts, options.FirstRetrySeconds) = (5, 0.001));
        var endpoint = await harness.Endpoints.CreateAsync(new EndpointInput("never probed", server.BaseUrl, "m"), CancellationToken.None);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), endpoint);

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Completed, 30, 0), (run.Status, run.Completed, run.Failed));
        Assert.Single(await harness.LogOfAsync(run.Id), entry => entry.Message?.StartsWith("The endpoint could not be probed, so the run's own calls tell", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Run_EveryAnswerKnown_AsksAndProbesNothing()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await harness.AddEndpointAsync(server.BaseUrl);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(10), endpoint);
        await harness.RunAsync(experiment);
        await harness.Endpoints.UpdateAsync(endpoint.Id, new EndpointInput("scripted", server.BaseUrl, "m", TimeoutSeconds: 7), CancellationToken.None); // counts as never probed

        var run = await harness.RunAsync(experiment);

        Assert.Equal((10, 10), (run.Cached, server.Requests.Count));
    }

    [Fact]
    public async Task Run_TokensAtTheirLimit_PausesAndEndsOnceItMayUseMore()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1))); // 11 tokens each
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 2));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(MaxTokens: 220), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenAsync(id, run => run.Status == RunStatus.Paused);

        Assert.InRange(run.PromptTokens + run.CompletionTokens, 220, 220 + (2 * 11));
        Assert.Equal((server.Requests.Count, 0), (run.Completed, run.Failed));
        Assert.Contains("token budget of 220 is used up", run.Problem, StringComparison.Ordinal);
        await harness.Runs.ResumeAsync(id, new BudgetChange { MaxTokens = null }, CancellationToken.None);
        Assert.Equal(100, (await harness.WhenEndedAsync(id)).Completed);
    }
}
