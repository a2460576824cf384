using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>What becomes of a sample whose call fails, for each way in which a server fails.</summary>
public sealed class RunRetriesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<Fault, FailureKind> PassingFaults => new()
    {
        { Fault.RateLimited, FailureKind.RateLimited },
        { Fault.RateLimitedForASecond, FailureKind.RateLimited },
        { Fault.ServerError, FailureKind.ServerError },
        { Fault.Silence, FailureKind.TimedOut },
        { Fault.Stall, FailureKind.TimedOut },
        { Fault.HangUp, FailureKind.Unreachable },
        { Fault.Garbage, FailureKind.Malformed },
        { Fault.TruncatedJson, FailureKind.Malformed },
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Run_AFaultThatPasses_IsAskedAgainAndAnswered(Fault fault, FailureKind kind)
    {
        Assert.Equal(FailurePolicy.Retry, FailurePolicies.Of(kind));
        await using var server = await FaultyServer.StartAsync(Faults.First(fault, fault));
        await using var harness = await StartAsync(attempts: 3);

        var run = await RunOneSampleAsync(harness, server);

        Assert.Equal((RunStatus.Completed, 1, 0, 2), (run.Status, run.Completed, run.Failed, run.Retries));
        Assert.Equal((3, 1, 2), (server.Calls, server.Answers["text 0"], server.Made(fault)));
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Run_AFaultThatStays_FailsTheSampleAfterItsLastAttempt(Fault fault, FailureKind kind)
    {
        await using var server = await FaultyServer.StartAsync(Faults.Always(fault));
        await using var harness = await StartAsync(attempts: 2);

        var run = await RunOneSampleAsync(harness, server);

        Assert.Equal((RunStatus.Failed, 0, 1, 1, 2), (run.Status, run.Completed, run.Failed, run.Retries, server.Calls));
        var result = Assert.Single(await harness.ResultsOfAsync(run.Id));
        Assert.Equal((ResultStatus.Failed, kind.ToString()), (result.Status, result.Reason));
        Assert.EndsWith("Given up after 2 attempts.", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.NoLogprobs, ResultStatus.Unscorable)]
    [InlineData(Fault.WrongContentType, ResultStatus.Scored)]
    [InlineData(Fault.SlowDrip, ResultStatus.Scored)]
    public async Task Run_AFaultWithAnAnswerInIt_IsAnswered(Fault fault, ResultStatus status)
    {
        await using var server = await FaultyServer.StartAsync(Faults.Always(fault));
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => options.CallAttempts = 3);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(2), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((2, 0, 2), (run.Completed, run.Retries, server.Calls));
        Assert.All(await harness.ResultsOfAsync(run.Id), result => Assert.Equal(status, result.Status));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"blocked","code":"content_filter"}}""", FailureKind.ContentFiltered)]
    [InlineData(400, """{"error":{"message":"too long","code":"context_length_exceeded"}}""", FailureKind.ContextTooLong)]
    public async Task Run_AFailureOfTheSampleAlone_FailsItAtOnce(int status, string body, FailureKind kind)
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => request.Prompt == "text 1"
            ? ScriptedServer.WriteAsync(context, status, body)
            : ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.1)).ToJsonString()));
        await using var harness = await WorkbenchHarness.StartAsync(_directory, null, options => options.CallAttempts = 5);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(3), await harness.AddEndpointAsync(server.BaseUrl));

        var run = await harness.RunAsync(experiment);

        Assert.Equal((RunStatus.Completed, 2, 1, 0, 3), (run.Status, run.Completed, run.Failed, run.Retries, server.Requests.Count));
        Assert.Equal(kind.ToString(), (await harness.ResultsOfAsync(run.Id))[1].Reason);
    }

    /// <summary>While one sample waits to be asked again, the only place at the gate serves the others.</summary>
    [Fact]
    public async Task Run_ASampleThatWaits_HoldsNobodyUp()
    {
        await using var server = await FaultyServer.StartAsync(Faults.First(Fault.ServerError));
        await using var harness = await WorkbenchHarness.StartAsync(_directory, _time, options => (options.CallAttempts, options.FirstRetrySeconds) = (2, 60));
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(20), await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 1));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        // The clock moves as far as the writer needs it, and not by the minute that the sample may have to wait.
        var run = await harness.WhenAsync(id, run =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return run.Completed >= 19;
        });
        Assert.InRange(server.Calls, 20, 21);
        _time.Advance(TimeSpan.FromMinutes(1));
        run = await harness.WhenAsync(id, run =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return run.Status == RunStatus.Completed;
        });

        Assert.Equal((20, 1, 21), (run.Completed, run.Retries, server.Calls));
    }

    private Task<WorkbenchHarness> StartAsync(int attempts) =>
        WorkbenchHarness.StartAsync(_directory, _time, options => options.CallAttempts = attempts);

    private async Task<RunRecord> RunOneSampleAsync(WorkbenchHarness harness, FaultyServer server)
    {
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(1), await harness.AddEndpointAsync(server.BaseUrl));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;
        return await harness.WhenEndedAsync(id, _time, server, TimeSpan.FromMilliseconds(500));
    }
}
