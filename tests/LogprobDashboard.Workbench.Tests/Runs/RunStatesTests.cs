using System.Collections.Concurrent;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>Every move of a run has its reason, its time and its line in the log; of two who move it at once one is told what it is now.</summary>
public sealed class RunStatesTests : IDisposable
{
    private static readonly string YesAtOnce = ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)).ToJsonString();

    private readonly TemporaryDirectory _directory = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<string> _answered = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Moves_OfARun_AreLoggedWithTheirReasons()
    {
        await using var server = await HoldingServerAsync(answerFirst: 5);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var id = await StartAsync(harness, server, samples: 12);
        await _reached.Task;
        await harness.Runs.PauseAsync(id, CancellationToken.None);
        await harness.WhenIdleAsync(id);
        var paused = await harness.RunsQueries.GetAsync(id, CancellationToken.None);
        _open.SetResult();
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        var run = await harness.WhenEndedAsync(id);

        var log = await harness.LogOfAsync(id);
        Assert.Equal(
            [
                (RunStatus.Queued, "12 samples to ask."), (RunStatus.Running, null), (RunStatus.Paused, "On request."), (RunStatus.Queued, "Resumed on request."),
                (RunStatus.Running, null), (RunStatus.Completed, "12 answered, 0 failed."),
            ],
            log.Select(entry => (entry.Status!.Value, entry.Message)));
        Assert.Equal(log.OrderBy(entry => entry.At).Select(entry => entry.Id), log.Select(entry => entry.Id));
        Assert.Equal(log[2].At, paused.StatusSince);
        Assert.Equal((log[^1].At, log[^1].At), (run.StatusSince, run.FinishedAt));
    }

    [Fact]
    public async Task Moves_FromTwoPagesAtOnce_OneWinsAndTheOtherIsToldTheStateNow()
    {
        await using var server = await HoldingServerAsync(answerFirst: 0);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var id = await StartAsync(harness, server, samples: 20);
        await _reached.Task;

        for (var round = 0; round < 10; round++)
        {
            await OneOfTwoAsync(() => harness.Runs.PauseAsync(id, CancellationToken.None), "is paused.");
            await OneOfTwoAsync(() => harness.Runs.ResumeAsync(id, CancellationToken.None), "is queued.", "is running.");
        }

        var cancel = CaughtAsync(() => harness.Runs.CancelAsync(id, CancellationToken.None));
        var pause = CaughtAsync(() => harness.Runs.PauseAsync(id, CancellationToken.None));
        Assert.Null(await cancel);
        if (await pause is { } late)
            Assert.EndsWith("is cancelled.", late.Title, StringComparison.Ordinal);
        _open.SetResult();
        await harness.WhenIdleAsync(id);
        Assert.Equal(RunStatus.Cancelled, (await harness.RunsQueries.GetAsync(id, CancellationToken.None)).Status);
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        Assert.Equal(20, (await harness.WhenEndedAsync(id)).Completed);
    }

    [Fact]
    public async Task RetryFailed_TwiceAtOnce_RequeuesOnce()
    {
        var broken = true;
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, broken ? 400 : 200, broken ? """{"error":{"message":"no"}}""" : YesAtOnce));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var id = await StartAsync(harness, server, samples: 6);
        Assert.Equal(6, (await harness.WhenEndedAsync(id)).Failed);
        broken = false;

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CaughtAsync(() => harness.Runs.RetryFailedAsync(id, CancellationToken.None))));
        var run = await harness.WhenEndedAsync(id);

        Assert.Single(tries, error => error is null);
        Assert.All(tries.OfType<UserErrorException>(), error => Assert.Equal(UserErrorKind.Conflict, error.Kind));
        Assert.Equal((6, 0, 12), (run.Completed, run.Failed, server.Requests.Count));
        Assert.Contains(await harness.LogOfAsync(id), entry => entry.Message == "6 failed samples are asked for again, on request.");
    }

    /// <summary>What was asked for and is nearly there is paid for: it is waited for, and stored.</summary>
    [Fact]
    public async Task Pause_WhileCallsAreUnderWay_StoresTheirAnswers()
    {
        await using var server = await HoldingServerAsync(answerFirst: 10);
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => options.DrainSeconds = 20);
        var id = await StartAsync(harness, server, samples: 200);
        await _reached.Task;

        await harness.Runs.PauseAsync(id, CancellationToken.None);
        _open.SetResult();
        await harness.WhenIdleAsync(id);

        var paused = await harness.RunsQueries.GetAsync(id, CancellationToken.None);
        Assert.Equal((RunStatus.Paused, server.Requests.Count), (paused.Status, paused.Completed));
        Assert.InRange(paused.Completed, 11, 10 + 8);
        await harness.Runs.ResumeAsync(id, CancellationToken.None);
        await harness.WhenEndedAsync(id);
        Assert.Equal(200, server.Requests.Count);
    }

    /// <summary>The same when the process ends; and a server that never answers does not keep it from ending.</summary>
    [Fact]
    public async Task Shutdown_WhileCallsAreUnderWay_StoresWhatComesInTimeAndEnds()
    {
        await using var server = await HoldingServerAsync(answerFirst: 10);
        int answered;
        string id;
        await using (var harness = await WorkbenchHarness.StartAsync(_directory, null, options => options.DrainSeconds = 20))
        {
            id = await StartAsync(harness, server, samples: 200);
            await _reached.Task;
            var stopping = harness.StopAsync();
            _open.SetResult();
            await stopping;
            answered = server.Requests.Count;
        }

        Assert.InRange(answered, 11, 10 + 8);
        await using var after = await WorkbenchHarness.StartAsync(_directory);
        var run = await after.WhenEndedAsync(id);
        Assert.Equal((RunStatus.Completed, 200, 200), (run.Status, run.Completed, server.Requests.Count));
        Assert.Contains(await after.LogOfAsync(id), entry => entry.Message == "The program was started again; the run goes on.");
    }

    [Fact]
    public async Task Start_OfAVariantThatIsDeletedInThatMoment_IsAConflict()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"));
        Task<RunList> starting;
        using (await harness.Get<WriteGate>().EnterAsync(CancellationToken.None))
        {
            starting = harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None); // SQLite never yields: it has looked everything up and waits for its turn to write
            await using var db = await harness.Get<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync();
            await db.Set<Variant>().ExecuteDeleteAsync();
        }

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => starting);
        Assert.Equal((UserErrorKind.Conflict, "The experiment, a variant or the endpoint was deleted in this moment."), (refused.Kind, refused.Title));
        Assert.Empty((await harness.RunsQueries.ListAsync(experiment.Id, null, 10, CancellationToken.None)).Items);
    }

    private static async Task OneOfTwoAsync<T>(Func<Task<T>> move, params string[] told)
    {
        var both = await Task.WhenAll(CaughtAsync(move), CaughtAsync(move));
        var lost = Assert.Single(both, error => error is not null)!;
        Assert.Equal(UserErrorKind.Conflict, lost.Kind);
        Assert.Contains(told, words => lost.Title.EndsWith(words, StringComparison.Ordinal));
    }

    private static async Task<UserErrorException?> CaughtAsync<T>(Func<Task<T>> move)
    {
        try
        {
            await Task.Run(move);
            return null;
        }
        catch (UserErrorException error)
        {
            return error;
        }
    }

    private Task<ScriptedServer> HoldingServerAsync(int answerFirst) => ScriptedServer.StartAsync(async (request, context) =>
    {
        if (_answered.Count >= answerFirst)
        {
            _reached.TrySetResult();
            await _open.Task.WaitAsync(context.RequestAborted);
        }

        _answered.Add(request.Prompt);
        await ScriptedServer.WriteAsync(context, 200, YesAtOnce);
    });

    private static async Task<string> StartAsync(WorkbenchHarness harness, ScriptedServer server, int samples)
    {
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(samples), await harness.AddEndpointAsync(server.BaseUrl));
        return (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;
    }
}
