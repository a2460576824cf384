using System.Collections.Concurrent;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunProgressFeedTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Feed_AThousandSignalsInASecond_ReadsAtMostFourTimes()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time);
        var (feed, signals) = (harness.Get<RunProgressFeed>(), harness.Get<RunSignals>());
        using var listening = feed.Listen(await ExperimentAsync(harness), _ => { });
        await UntilAsync(() => feed.Reads == 1);

        for (var tick = 0; tick < 100; tick++)
        {
            for (var signal = 0; signal < 10; signal++)
                signals.Raise();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.InRange(feed.Reads, 1, 1 + 4);
        await UntilAsync(() =>
        {
            _time.Advance(RunProgressFeed.Interval);
            return feed.Reads > 1; // and the last signal is not lost
        });
    }

    [Fact]
    public async Task Feed_WithinTheInterval_WaitsItOut()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time);
        var (feed, signals) = (harness.Get<RunProgressFeed>(), harness.Get<RunSignals>());
        using var listening = feed.Listen(await ExperimentAsync(harness), _ => { });
        await UntilAsync(() => feed.Reads == 1);

        signals.Raise();
        _time.Advance(RunProgressFeed.Interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, feed.Reads);

        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return feed.Reads == 2;
        });
    }

    [Fact]
    public async Task Feed_NobodyListens_HasNoReaderAndHearsNothing()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time);
        var (feed, signals) = (harness.Get<RunProgressFeed>(), harness.Get<RunSignals>());
        var experiment = await ExperimentAsync(harness);
        Assert.False(feed.IsReading);
        Assert.False(signals.AreHeard);

        var first = feed.Listen(experiment, _ => { });
        var second = feed.Listen(experiment, _ => { });
        await UntilAsync(() => feed.Reads > 0);
        first.Dispose();
        Assert.True(feed.IsReading);
        second.Dispose();
        second.Dispose();

        Assert.False(feed.IsReading);
        Assert.False(signals.AreHeard);
        var reads = feed.Reads;
        signals.Raise();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(reads, feed.Reads);
    }

    [Fact]
    public async Task Feed_NothingChanged_TellsNobodyAgain()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time);
        var (feed, signals) = (harness.Get<RunProgressFeed>(), harness.Get<RunSignals>());
        var heard = 0;
        using var listening = feed.Listen(await ExperimentAsync(harness), _ => Interlocked.Increment(ref heard));

        await UntilAsync(() =>
        {
            signals.Raise();
            _time.Advance(RunProgressFeed.Interval);
            return feed.Reads > 3;
        });

        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task Feed_ARunThatGoesOn_IsHeardToItsEndByEveryPage()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(200), await harness.AddEndpointAsync(server.BaseUrl));
        var feed = harness.Get<RunProgressFeed>();
        var (first, second) = (new ConcurrentQueue<RunsOverview>(), new ConcurrentQueue<RunsOverview>());
        using var one = feed.Listen(experiment.Id, first.Enqueue);
        using var two = feed.Listen(experiment.Id, second.Enqueue);

        var run = await harness.RunAsync(experiment);

        await UntilAsync(() => first.LastOrDefault()?.Items is [{ Run.Status: RunStatus.Completed }] && second.LastOrDefault()?.Items is [{ Run.Status: RunStatus.Completed }]);
        Assert.Equal((run.Completed, 1, 0), (first.Last().Items[0].Run.Completed, first.Last().Count, first.Last().UnderWay));
        Assert.True(feed.Reads >= Math.Max(first.Count, second.Count)); // one reader for both
    }

    [Fact]
    public async Task Feed_AnExperimentThatIsGone_DoesNotStopTheOthers()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time);
        var feed = harness.Get<RunProgressFeed>();
        var heard = 0;
        using var gone = feed.Listen("99", _ => Assert.Fail("Nothing can be heard of it."));
        using var there = feed.Listen(await ExperimentAsync(harness), _ => Interlocked.Increment(ref heard));

        await UntilAsync(() =>
        {
            _time.Advance(RunProgressFeed.Interval);
            return Volatile.Read(ref heard) == 1;
        });
    }

    private static async Task<string> ExperimentAsync(WorkbenchHarness harness) =>
        (await harness.AddExperimentAsync(await harness.ImportRowsAsync(5), await harness.AddEndpointAsync("http://127.0.0.1:9/v1"))).Id;

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var tries = 0; tries < 6000 && await timer.WaitForNextTickAsync(); tries++)
        {
            if (holds())
                return;
        }

        Assert.Fail("It never came to that.");
    }
}
