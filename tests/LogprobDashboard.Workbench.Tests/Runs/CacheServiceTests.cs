using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class CacheServiceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Cache_AfterRuns_CountsWhatItHolds()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), await harness.AddEndpointAsync(server.BaseUrl));
        Assert.Equal(new CacheRecord(0, 0, 0, 0, null), await CacheAsync(harness));
        var first = await harness.RunAsync(experiment, new RunInput(Limit: 10));
        await harness.RunAsync(experiment, new RunInput(Limit: 30));
        await harness.Runs.DeleteAsync(first.Id, CancellationToken.None);
        var cache = await CacheAsync(harness);
        var deleted = await harness.RunAsync(experiment, new RunInput(Limit: 5, UseCache: false));
        await harness.Runs.DeleteAsync(deleted.Id, CancellationToken.None);

        Assert.Equal((30, 30, 0), (cache.Answers, cache.Reusable, cache.Unreferenced));
        Assert.InRange(cache.Bytes, 30 * 40, 30 * 400);
        Assert.Equal((35, 5), ((await CacheAsync(harness)).Answers, (await CacheAsync(harness)).Unreferenced));
    }

    [Fact]
    public async Task Empty_MakesLaterRunsAskAnewAndLeavesResultsAlone()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(30), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment, new RunInput(Limit: 20));
        var deleted = await harness.RunAsync(experiment, new RunInput(Limit: 5, UseCache: false));
        await harness.Runs.DeleteAsync(deleted.Id, CancellationToken.None);
        var before = await harness.ResultsOfAsync(run.Id);

        var emptied = await harness.Get<CacheService>().EmptyAsync(CancellationToken.None);

        Assert.Equal((5, 20, 0), (emptied.Removed, emptied.Kept, emptied.LeftForLater));
        Assert.Equal((20, 0, 0), (emptied.Cache.Answers, emptied.Cache.Reusable, emptied.Cache.Unreferenced));
        Assert.NotNull(emptied.Cache.EmptiedAt);
        Assert.Equal(before.Select(result => (result.Index, result.Score, result.TopLogprobs?.Count)), (await harness.ResultsOfAsync(run.Id)).Select(result => (result.Index, result.Score, result.TopLogprobs?.Count)));
        Assert.Equal(30, (await harness.Get<RunCostQueries>().OfAsync(experiment.Id, new RunInput(), CancellationToken.None)).Calls);
        var again = await harness.RunAsync(experiment, new RunInput(Limit: 20));
        Assert.Equal((0, 45), (again.Cached, server.Requests.Count));
        var third = await harness.RunAsync(experiment, new RunInput(Limit: 20));
        Assert.Equal((20, 45), (third.Cached, server.Requests.Count)); // what was asked since is reused
    }

    [Fact]
    public async Task Empty_HoldsAfterARestart()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("No", -0.1)));
        string experiment;
        await using (var harness = await WorkbenchHarness.StartAsync(_directory))
        {
            var created = await harness.AddExperimentAsync(await harness.ImportRowsAsync(10), await harness.AddEndpointAsync(server.BaseUrl));
            experiment = created.Id;
            await harness.RunAsync(created);
            await harness.Get<CacheService>().EmptyAsync(CancellationToken.None);
            await harness.Get<CacheService>().EmptyAsync(CancellationToken.None);
        }

        await using var restarted = await WorkbenchHarness.StartAsync(_directory);

        Assert.Equal(10, (await restarted.Get<RunCostQueries>().OfAsync(experiment, new RunInput(), CancellationToken.None)).Calls);
        Assert.Equal((10, 0), ((await CacheAsync(restarted)).Answers, (await CacheAsync(restarted)).Reusable));
    }

    [Fact]
    public async Task Empty_WhileARunIsAtWork_RemovesNothingAndTheRunGoesOn()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            if (Interlocked.Increment(ref asked) > 15)
                await go.Task;
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("No", -0.1)).ToJsonString());
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(40), await harness.AddEndpointAsync(server.BaseUrl));
        var deleted = await harness.RunAsync(experiment, new RunInput(Limit: 5));
        await harness.Runs.DeleteAsync(deleted.Id, CancellationToken.None);
        var run = (await harness.Runs.StartAsync(experiment.Id, new RunInput(UseCache: false), CancellationToken.None)).Runs[0];
        await harness.WhenAsync(run.Id, now => now.Completed >= 10);

        var emptied = await harness.Get<CacheService>().EmptyAsync(CancellationToken.None);
        go.SetResult();
        var ended = await harness.WhenEndedAsync(run.Id);

        Assert.Equal((0, 5), (emptied.Removed, emptied.LeftForLater));
        Assert.Equal((RunStatus.Completed, 40), (ended.Status, ended.Completed));
        Assert.Equal(5, (await harness.Get<CacheService>().EmptyAsync(CancellationToken.None)).Removed);
    }

    private static Task<CacheRecord> CacheAsync(WorkbenchHarness harness) => harness.Get<CacheService>().GetAsync(CancellationToken.None);
}
