using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Tests.Endpoints;

/// <summary>Probes of endpoints that are saved: what is kept, for how long, and that many who ask share one.</summary>
public sealed class StoredProbesTests : IDisposable
{
    private static readonly (string, double?)[] Fine = [("Yes", -0.2), ("No", -1.8), ("Maybe", -4)];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Probe_Stored_CountsUntilTheSettingsOrTheKeyChange()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(Fine));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var input = new EndpointInput("a", server.BaseUrl, "m", "sk-0123456789", MaxConcurrency: 3);
        var endpoint = await harness.Endpoints.CreateAsync(input, CancellationToken.None);
        Assert.Null(endpoint.Probe);

        var probe = await harness.Get<EndpointProbes>().ProbeAsync(endpoint.Id, CancellationToken.None);

        Assert.Equal(probe.ProbedAt, (await harness.EndpointsQueries.GetAsync(endpoint.Id, CancellationToken.None)).Probe?.ProbedAt);
        Assert.NotNull((await harness.Endpoints.UpdateAsync(endpoint.Id, input with { Name = "b", ApiKey = null, MaxConcurrency = 5, PromptTokenPrice = 0.15 }, CancellationToken.None)).Probe);
        Assert.Null((await harness.Endpoints.UpdateAsync(endpoint.Id, input with { Model = "n", ApiKey = null }, CancellationToken.None)).Probe);
        Assert.NotNull((await harness.Endpoints.UpdateAsync(endpoint.Id, input with { ApiKey = null }, CancellationToken.None)).Probe);
        Assert.Null((await harness.Endpoints.UpdateAsync(endpoint.Id, input with { ApiKey = "sk-9876543210" }, CancellationToken.None)).Probe);
    }

    [Fact]
    public async Task Ensure_ByManyAtOnce_IsOneProbeAndThenNone()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedServer.Completion(Fine));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var id = long.Parse((await NeverProbedAsync(harness, server)).Id, System.Globalization.CultureInfo.InvariantCulture);
        var probes = harness.Get<EndpointProbes>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => probes.EnsureAsync(id, CancellationToken.None)));
        await probes.EnsureAsync(id, CancellationToken.None);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Ensure_AfterAFailure_AsksAgain_AndKeepsOnlyWhatLasts()
    {
        var status = 401;
        await using var server = await ScriptedServer.StartAsync((_, context) => ScriptedServer.WriteAsync(context, status, status == 200 ? ScriptedServer.Completion(Fine).ToJsonString() : "{}"));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await NeverProbedAsync(harness, server);
        var id = long.Parse(endpoint.Id, System.Globalization.CultureInfo.InvariantCulture);
        var probes = harness.Get<EndpointProbes>();

        Assert.True(await probes.EnsureAsync(id, CancellationToken.None) is { Ok: false, Passing: false });
        Assert.False((await harness.EndpointsQueries.GetAsync(endpoint.Id, CancellationToken.None)).Probe?.Ok);
        status = 200;
        Assert.True((await probes.EnsureAsync(id, CancellationToken.None)).Ok);
        status = 429;
        Assert.True(await probes.ProbeAsync(endpoint.Id, CancellationToken.None) is { Ok: false, Passing: true });
        Assert.True((await harness.EndpointsQueries.GetAsync(endpoint.Id, CancellationToken.None)).Probe?.Ok);
    }

    [Fact]
    public async Task Ensure_WhereOneStopsWaiting_GoesOnForTheOthers()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (_, context) =>
        {
            asked.TrySetResult();
            await answer.Task;
            await ScriptedServer.WriteAsync(context, 200, ScriptedServer.Completion(Fine).ToJsonString());
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var id = long.Parse((await NeverProbedAsync(harness, server)).Id, System.Globalization.CultureInfo.InvariantCulture);
        using var stop = new CancellationTokenSource();

        var impatient = harness.Get<EndpointProbes>().EnsureAsync(id, stop.Token);
        await asked.Task;
        var patient = harness.Get<EndpointProbes>().EnsureAsync(id, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult();

        Assert.True((await patient).Ok);
        Assert.Equal(3, server.Requests.Count);
    }

    /// <summary>A run is told to wait by the gate; a person is told so.</summary>
    [Fact]
    public async Task Probe_OfAServerThatAskedToBeLeftAlone_DoesNotKeepAPersonWaiting()
    {
        await using var server = await ScriptedServer.StartAsync((_, context) =>
        {
            context.Response.Headers.RetryAfter = "600";
            return ScriptedServer.WriteAsync(context, 429, "{}");
        });
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var endpoint = await NeverProbedAsync(harness, server);
        var probes = harness.Get<EndpointProbes>();

        Assert.True(await probes.ProbeAsync(endpoint.Id, CancellationToken.None) is { Ok: false, Passing: true });
        var second = await probes.ProbeAsync(endpoint.Id, CancellationToken.None);

        Assert.True(second is { Ok: false, Passing: true, Kind: FailureKind.RateLimited, Calls: 0 });
        Assert.Contains("asked to be left alone for another", second.Problem, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Probe_OfNoEndpoint_IsNotFound()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);

        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<EndpointProbes>().ProbeAsync("77", CancellationToken.None))).Kind);
    }

    private static Task<EndpointRecord> NeverProbedAsync(WorkbenchHarness harness, ScriptedServer server) =>
        harness.Endpoints.CreateAsync(new EndpointInput("never probed", server.BaseUrl, "m"), CancellationToken.None);
}
