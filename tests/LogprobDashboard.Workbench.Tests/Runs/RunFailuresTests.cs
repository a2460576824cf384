using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunFailuresTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Failures_OfSeveralKinds_StandByKindTheMostFrequentFirst()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => Number(request) switch
        {
            < 9 => ScriptedServer.WriteAsync(context, 500, """{"error":{"message":"out of memory"}}"""),
            < 12 => ScriptedServer.WriteAsync(context, 429, """{"error":{"message":"slow down"}}"""),
            < 14 => ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Well", -0.1)).ToJsonString()),
            _ => ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(("Yes", -0.1)).ToJsonString()),
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(20), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);

        var failures = await harness.Get<RunFailuresQueries>().OfAsync(run.Id, CancellationToken.None);

        Assert.Equal((12, 2), (run.Failed, run.Unscorable));
        Assert.Equal([(FailureKind.ServerError, 9), (FailureKind.RateLimited, 3)], failures.Failed.Select(group => (group.Kind, group.Count)));
        var message = Assert.Single(failures.Failed[0].Messages);
        Assert.Contains("out of memory", message.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 4], message.Samples);
        Assert.Equal((9, 0), (message.Count, failures.Failed[0].FurtherMessages));
        var unscorable = Assert.Single(failures.Unscorable);
        Assert.Equal((UnscorableReason.NoLabelMatched, 2), (unscorable.Reason, unscorable.Count));
        Assert.Equal([12, 13], unscorable.Samples);
    }

    [Fact]
    public async Task Failures_EachInItsOwnWords_AreOneGroupWithTheFirstOfThem()
    {
        await using var server = await ScriptedServer.StartAsync((request, context) => ScriptedServer.WriteAsync(context, 500, $$$"""{"error":{"message":"request {{{Number(request)}}} broke"}}"""));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(10), await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);

        var group = Assert.Single((await harness.Get<RunFailuresQueries>().OfAsync(run.Id, CancellationToken.None)).Failed);

        Assert.Equal((10, 3, 7), (group.Count, group.Messages.Count, group.FurtherMessages));
    }

    [Fact]
    public async Task Failures_OfAnUnknownRun_AreNotFound()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<RunFailuresQueries>().OfAsync("7", CancellationToken.None));

        Assert.Equal(UserErrorKind.NotFound, error.Kind);
    }

    /// <summary>Of "text 7".</summary>
    private static int Number(ReceivedRequest request) => int.Parse(request.Prompt.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
