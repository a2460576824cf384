using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>What is listed where the page is restricted.</summary>
public sealed class OutlierScopeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task List_OfASlice_HasItsSamplesAloneAndACutOfTheirOwn()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 6); // sms, chat, sms, …
        var run = await bench.RunAsync("a", 0.9, 0.51, 0.8, 0.52, 0.7, 0.53);
        var request = new OutliersRequest([run], Cut: 0.5) { Scope = new(Value: "sms") };

        var view = await bench.ViewAsync(request);

        Assert.Equal((3, 3, 1), (view.Pool, view.Runs[0].Defined, view.Runs[0].Beyond));
        Assert.Equal([4], await bench.ListAsync(request));
        Assert.Equal([4, 2, 0], await bench.ListAsync(request with { Cut = 0 }));
        Assert.Empty(await bench.ListAsync(request with { Cut = 0, Source = "chat" }));
    }

    /// <summary>Entropies fall with the distance from 0.5: 0.6 has 0.673 nats, 0.7 has 0.611, 0.9 has 0.325.</summary>
    [Fact]
    public async Task List_WhereRunsAbstain_HasWhatNoneAbstainsFromAndACellWhatTheFirstJudges()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 5);
        var (a, b) = (await bench.RunAsync("a", 0.6, 0.9, 0.9, double.NaN, 0.7), await bench.RunAsync("b", 0.9, 0.6, 0.9, 0.9, 0.7));
        var request = new OutliersRequest([a, b], Cut: 0, Sort: new(OutlierSortKey.Sample)) { Scope = new(MostEntropy: 0.65) };

        Assert.Equal([2, 3, 4], await bench.ListAsync(request)); // without an entropy there is nothing to abstain by
        Assert.Equal([1, 2, 4], await bench.ListAsync(request with { Cell = new(Predicted: "spam") }));
        Assert.Equal([0, 2, 3, 4], await bench.ListAsync(request with { RunIds = [b, a], Cell = new(Predicted: "spam") }));
        Assert.Equal([0, 1, 2, 3, 4], await bench.ListAsync(request with { Scope = SampleScope.All }));
    }

    [Fact]
    public async Task List_OfASliceThatTheDatasetDoesNotHave_FallsBackToAllAndIsRefusedWhereItMustNotRead()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 4);
        var run = await bench.RunAsync("a", 0.9, 0.8, 0.7, 0.6);
        foreach (var scope in new SampleScope[] { new(Value: "fax"), new("no such column", "sms"), new("text", "an ordinary message with number 1") })
        {
            var view = await bench.ViewAsync(new([run]) { Scope = scope });
            Assert.Equal((SampleScope.All, 4), (view.Scope, view.Pool));
            await Assert.ThrowsAsync<UserErrorException>(() => bench.Queries.CheckAsync(bench.ExperimentId, scope, CancellationToken.None));
            await Assert.ThrowsAsync<UserErrorException>(() => bench.Queries.RankAsync(run, OutlierOrder.Entropy, 10, scope, CancellationToken.None));
        }

        await bench.Queries.CheckAsync(bench.ExperimentId, new(Value: "sms", MostEntropy: 0.1), CancellationToken.None);
        Assert.Equal([2, 0], (await bench.Queries.RankAsync(run, OutlierOrder.Entropy, 10, new(Value: "sms"), CancellationToken.None)).Items.Select(item => item.Index));
        Assert.Equal([1, 0], (await bench.Queries.RankAsync(run, OutlierOrder.Entropy, 10, new(MostEntropy: 0.6), CancellationToken.None)).Items.Select(item => item.Index));
    }
}
