using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>Where the cut lies and what is beyond it, worked out by hand.</summary>
public sealed class OutlierCutTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Margins ln(p / (1 - p)) of 0.6 … 0.9. Type 7 at 0.25 of five values is the second smallest: one lies strictly below it.</summary>
    [Fact]
    public async Task Margin_AtAQuantile_IsCutAtTheLowSideByTypeSeven()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 5);
        var run = await bench.RunAsync("a", 0.9, 0.6, 0.8, 0.7, 0.75);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Margin, Cut: 0.75));

        Assert.Equal(0.25, view.Request.Quantile);
        Assert.Equal(Math.Log(0.7 / 0.3), view.Runs[0].Cut!.Value, 1e-12);
        Assert.Equal((1, 5), (view.Runs[0].Beyond, view.Runs[0].Defined));
        Assert.Equal([1], await bench.ListAsync(view.Request));
        // Between the second and the third: at 0.35 a fraction of 0.4 of the way.
        var between = await bench.ViewAsync(view.Request with { Cut = 0.65 });
        var (second, third) = (Math.Log(0.7 / 0.3), Math.Log(0.75 / 0.25));
        Assert.Equal(second + (0.4 * (third - second)), between.Runs[0].Cut!.Value, 1e-12);
        Assert.Equal([1, 3], await bench.ListAsync(between.Request));
    }

    [Fact]
    public async Task Entropy_AtAQuantile_IsCutAtTheHighSide()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 5);
        var run = await bench.RunAsync("a", 0.9, 0.6, 0.8, 0.7, 0.75);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Entropy, Cut: 0.5));

        Assert.Equal(-((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25))), view.Runs[0].Cut!.Value, 1e-12);
        Assert.Equal([1, 3], await bench.ListAsync(view.Request));
    }

    /// <summary>1 - 0.95 is not 0.05 in binary: taken as it is, the sixth of 101 would slip below the cut.</summary>
    [Fact]
    public async Task Margin_AtTheDefaultCut_IsNotMovedByRounding()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 101);
        var run = await bench.RunAsync("a", Enumerable.Range(0, 101).Select(index => (double?)(0.5001 + (index * 0.004))));

        Assert.Equal([0, 1, 2, 3, 4], await bench.ListAsync(new OutliersRequest([run], OutlierOrder.Margin)));
    }

    [Fact]
    public async Task Ties_AtTheCut_AreNotBeyondIt()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 6);
        var run = await bench.RunAsync("a", 0.5, 0.5, 0.5, 0.9, 0.95, 0.99);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Entropy, Cut: 0.8));

        Assert.Equal((0, 0), (view.Runs[0].Beyond, view.Listed));
        // Three of six tie at the top: up to 0.4 the quantile is that of the third, 0.4 = (3 - 1) / (6 - 1).
        Assert.Equal(0.4, view.LooserCut);
        Assert.Equal([0, 1, 2], await bench.ListAsync(view.Request with { Cut = view.LooserCut }));
    }

    [Fact]
    public async Task Values_AllEqual_HaveNoLooserCut()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 4);
        var run = await bench.RunAsync("a", 0.9, 0.9, 0.9, 0.9);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Entropy));

        Assert.Equal((0, null), (view.Listed, view.LooserCut));
        Assert.Equal([0, 1, 2, 3], await bench.ListAsync(view.Request with { Cut = 0 }));
    }

    [Fact]
    public async Task Coverage_OfAnUnscorableSample_IsTheLowest()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 4);
        var run = await bench.RunAsync("a", 0.9, double.NaN, 0.8, 0.7);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Coverage, Cut: 0.5));
        Assert.Equal(4, view.Runs[0].Defined);
        Assert.Equal(1, (await bench.ListAsync(view.Request))[0]);
        // It has no entropy: no cut is below it, and without a cut it comes last.
        var entropy = new OutliersRequest([run], OutlierOrder.Entropy, Cut: 0);
        Assert.Equal(3, (await bench.ViewAsync(entropy)).Runs[0].Defined);
        Assert.Equal([3, 2, 0, 1], await bench.ListAsync(entropy));
    }

    [Fact]
    public async Task Histogram_OfSeveralRuns_HasCommonBinsThatHoldEveryValue()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 6);
        var (a, b) = (await bench.RunAsync("a", 0.5, 0.6, 0.7, 0.8, 0.9, 0.99), await bench.RunAsync("b", 0.9, 0.9, 0.9, 0.9, 0.9, double.NaN));

        var view = await bench.ViewAsync(new OutliersRequest([a, b]));

        Assert.Equal((0.0, Math.Log(2)), (view.Edges[0], view.Edges[^1]));
        Assert.Equal([6, 5], view.Runs.Select(run => run.Bins.Sum()));
        Assert.All(view.Runs, run => Assert.Equal(view.Edges.Count - 1, run.Bins.Count));
        Assert.All(view.Runs, run => Assert.Equal(201, run.Knots.Count));
    }

    [Fact]
    public async Task Runs_WithoutAnAnswer_HaveAnEmptyView()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 2);

        var view = await bench.ViewAsync(new OutliersRequest([]));

        Assert.Equal((0, 0, 0), (view.Choices.Count, view.Runs.Count, view.Listed));
    }
}
