using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Runs;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Runs;

/// <summary>A whole run against a server of which every seventh call fails, in every way there is.</summary>
public sealed class RunSoakTests : IDisposable
{
    private const int Samples = 5000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(20261124)]
    public async Task Run_EverySeventhCallFails_EverySampleHasOneResultAndNoPromptIsAnsweredTwice(int seed)
    {
        var time = new FakeTimeProvider();
        await using var server = await FaultyServer.StartAsync(Faults.Every(7, seed));
        await using var harness = await WorkbenchHarness.StartAsync(_directory, time, options => (options.CallAttempts, options.FirstRetrySeconds) = (12, 0.1));
        var experiment = await harness.AddExperimentAsync(await harness.ImportRowsAsync(Samples), await harness.AddEndpointAsync(server.BaseUrl, maxConcurrency: 32, timeoutSeconds: 10));
        var id = (await harness.Runs.StartAsync(experiment.Id, new RunInput(), CancellationToken.None)).Runs[0].Id;

        var run = await harness.WhenEndedAsync(id, time, server, TimeSpan.FromMilliseconds(400));

        Assert.Equal((RunStatus.Completed, Samples, 0), (run.Status, run.Completed, run.Failed));
        var results = await harness.ResultsOfAsync(id);
        Assert.Equal(Enumerable.Range(0, Samples), results.Select(result => result.Index));
        Assert.Equal(Enumerable.Range(0, Samples).Select(index => $"text {index}").Order(StringComparer.Ordinal), server.Answers.Keys.Order(StringComparer.Ordinal));
        Assert.All(server.Answers, answer => Assert.Equal(1, answer.Value));
        Assert.All(Faults.All, fault => Assert.True(server.Made(fault) > 20, $"{fault} came up too seldom."));
        Assert.Equal(server.Made(Fault.NoLogprobs), run.Unscorable);
        Assert.Equal(Faults.All.Where(fault => !fault.IsAnswered()).Sum(server.Made), run.Retries);
        Assert.Equal(Samples + run.Retries, server.Calls);
    }
}
