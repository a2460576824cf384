using CsCheck;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>What holds for any two runs and any cut.</summary>
public sealed class OutlierPropertyTests : IDisposable
{
    private const int Samples = 40;
    private static readonly Gen<double?[]> Answers = Gen.Frequency((8, Gen.Int[1, 19].Select(twentieth => (double?)(twentieth / 20.0))), (1, Gen.Const((double?)double.NaN)), (1, Gen.Const((double?)null))).Array[Samples];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Lists_OfAnyRuns_AreSetsThatFollowFromEachOther()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, Samples);
        await Gen.Select(Answers, Answers, Gen.Enum<OutlierOrder>(), Gen.Int[0, 20], Gen.Int[0, 20]).SampleAsync(async (first, second, by, cut, other) =>
        {
            first[0] = second[0] = 0.5; // a run needs a line
            var runs = new[] { await bench.RunAsync("a", first), await bench.RunAsync("b", second) };
            var (low, high) = (Math.Min(cut, other) / 20.0, Math.Max(cut, other) / 20.0);
            await HoldSetsAsync(bench, new OutliersRequest(runs, by, Cut: high));
            var (wide, narrow) = (await bench.ListAsync(new OutliersRequest(runs, by, Cut: low)), await bench.ListAsync(new OutliersRequest(runs, by, Cut: high)));
            Assert.Subset(wide.ToHashSet(), narrow.ToHashSet());
        }, iter: 25, threads: 1);
    }

    /// <summary>All is the union of the runs' own tails over what both answered, both their intersection; the counts say so too.</summary>
    private static async Task HoldSetsAsync(OutlierBench bench, OutliersRequest request)
    {
        var view = await bench.ViewAsync(request);
        var everything = (await bench.ListAsync(request with { Cut = 0 })).ToHashSet();
        var (all, both, disagree) = (await bench.ListAsync(request), await bench.ListAsync(request with { Show = OutlierShow.Both }), await bench.ListAsync(request with { Show = OutlierShow.Disagree }));
        Assert.Equal(view.Pool, everything.Count);
        Assert.Equal((view.Counts.Any, view.Counts.Every, view.Counts.Disagree), (all.Count, both.Count, disagree.Count));
        Assert.Subset(all.ToHashSet(), both.ToHashSet());
        Assert.Subset(all.ToHashSet(), disagree.ToHashSet());
        Assert.Equal(all.Count, all.Distinct().Count());
        if (request.Share > 0)
            Assert.Equal(view.Runs[0].Beyond + view.Runs[1].Beyond, view.Counts.Any + view.Counts.Every);
        Assert.All(view.Runs, run => Assert.True(request.Share == 0 || run.Beyond <= Math.Ceiling((1 - request.Share) * run.Defined)));
    }
}
