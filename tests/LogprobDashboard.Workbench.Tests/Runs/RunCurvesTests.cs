using System.Globalization;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunCurvesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Curve_OfARunUnderWay_IsThatOfWhatIsDone()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var server = await ScriptedServer.StartAsync(async (request, context) =>
        {
            if (Interlocked.Increment(ref asked) > 60)
                await go.Task;
            var index = int.Parse(request.Prompt["text ".Length..], CultureInfo.InvariantCulture);
            var spam = index % 3 == 0 == (index % 7 != 0) ? -0.2 - (index * 0.001) : -1.7 - (index * 0.001);
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", spam), ("No", Math.Log(1 - Math.Exp(spam)))).ToJsonString());
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(100), await harness.AddEndpointAsync(server.BaseUrl));
        var overviews = harness.Get<RunsOverviewQueries>();
        var run = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0];
        await harness.WhenAsync(run.Id, now => now.Completed == 60);

        var live = await CurveAsync(overviews, experiment.Id);
        var soFar = await harness.Get<CompareQueries>().MetricsAsync(run.Id, new MetricsRequest(), CancellationToken.None);
        Assert.Equal(soFar.AveragePrecision.Value, live.AveragePrecision);
        Assert.Equal((experiment.PositiveLabel, false), (live.PositiveLabel, live.IsMean));
        Assert.Equal(1, live.Points[^1].Recall);

        go.SetResult();
        await harness.WhenEndedAsync(run.Id);
        var ended = (await overviews.OfAsync(experiment.Id, null, CancellationToken.None)).Items[0].Curve!; // at once: it is kept with the run
        var whole = await harness.Get<CompareQueries>().MetricsAsync(run.Id, new MetricsRequest(), CancellationToken.None);
        Assert.Equal(whole.AveragePrecision.Value, ended.AveragePrecision);
        Assert.NotEqual(live.AveragePrecision, ended.AveragePrecision);
    }

    [Fact]
    public async Task Curve_AskedForAgainAndAgain_IsComputedEveryTwoSecondsAtMost()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(20), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);
        using var curves = new RunCurves(harness.Get<RunFigures>(), harness.Get<RunSignals>(), _time, NullLogger<RunCurves>.Instance);
        Assert.Empty(await LookAsync(0, answered: 0)); // nothing to draw
        RunCurve? first = null;
        await UntilAsync(async () => (first = (await LookAsync(1)).Values.FirstOrDefault()) is not null);

        for (var revision = 2; revision < 20; revision++)
            Assert.Same(first, Assert.Single(await LookAsync(revision)).Value);
        Assert.Equal(1, curves.Computed);

        _time.Advance(RunCurves.Pause);
        await UntilAsync(async () => !ReferenceEquals(first, Assert.Single(await LookAsync(20)).Value));
        _time.Advance(RunCurves.Pause);
        await LookAsync(20); // nothing came in since
        Assert.Equal(2, curves.Computed);

        Task<IReadOnlyDictionary<long, RunCurve>> LookAsync(int revision, int answered = 20) => curves.OfAsync(
            [new ListedRun(long.Parse(run.Id, CultureInfo.InvariantCulture), 1, 1, "r", RunStatus.Running, 40, answered, revision, 0, "spam")], false, CancellationToken.None);
    }

    private static async Task<RunCurve> CurveAsync(RunsOverviewQueries overviews, string experiment)
    {
        RunCurve? curve = null;
        await UntilAsync(async () => (curve = (await overviews.OfAsync(experiment, null, CancellationToken.None)).Items[0].Curve) is not null);
        return curve!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var tries = 0; tries < 3000 && await timer.WaitForNextTickAsync(); tries++)
        {
            if (await holds())
                return;
        }

        Assert.Fail("It never came to that.");
    }
}
