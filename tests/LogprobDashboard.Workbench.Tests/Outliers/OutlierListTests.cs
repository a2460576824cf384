using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>Which samples are listed, and in what order.</summary>
public sealed class OutlierListTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Beyond a's median: 0, 1 (of five); beyond b's: 1, 2. Sample 1 is predicted spam by a and ham by b.</summary>
    [Fact]
    public async Task Show_BothAndDisagree_AreTheIntersectionAndTheDisputed()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 5);
        var request = new OutliersRequest([await bench.RunAsync("a", 0.55, 0.6, 0.9, 0.95, 0.99), await bench.RunAsync("b", 0.9, 0.42, 0.45, 0.05, 0.99)], Cut: 0.5);

        var view = await bench.ViewAsync(request);

        Assert.Equal(new OutlierCounts(5, 3, 1, 2, 2), view.Counts);
        Assert.Equal([0, 1, 2], (await bench.ListAsync(request)).Order());
        Assert.Equal([1], await bench.ListAsync(request with { Show = OutlierShow.Both }));
        Assert.Equal([2, 1], await bench.ListAsync(request with { Show = OutlierShow.Disagree }));
        Assert.Contains(view.Reasons, reason => reason == new ReasonCount("runsDisagree", 2));
        Assert.Equal([2], await bench.ListAsync(request with { Show = OutlierShow.Disagree, Sort = new OutlierSort(OutlierSortKey.Sample, Reversed: true), Search = "NUMBER 2" }));
    }

    /// <summary>Beyond the third quartile: 0 of a, 2 of b. Sample 2 is at a's median, sample 0 above b's though not beyond its cut.</summary>
    [Fact]
    public async Task Counts_OfTwoRuns_CallSettledWhatTheOtherRunFindsOrdinary()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 5);
        var request = new OutliersRequest([await bench.RunAsync("a", 0.55, 0.6, 0.9, 0.95, 0.99), await bench.RunAsync("b", 0.58, 0.9, 0.45, 0.05, 0.99)], Cut: 0.75);

        Assert.Equal(new OutlierCounts(5, 2, 0, 1, 1), (await bench.ViewAsync(request)).Counts);
    }

    [Fact]
    public async Task Runs_OverDifferentSamples_AreComparedWhereBothAnswered()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 6);
        var (a, b) = (await bench.RunAsync("a", 0.5, 0.6, 0.7, 0.8, 0.9, 0.99), await bench.RunAsync("b", null, null, 0.9, 0.8, 0.7, 0.6));

        var view = await bench.ViewAsync(new OutliersRequest([a, b], Cut: 0));

        Assert.Equal((4, 4), (view.Pool, view.Listed));
        Assert.Equal([6, 4], view.Runs.Select(run => run.Answered));
        Assert.Equal([2, 3, 4, 5], (await bench.ListAsync(view.Request)).Order());
        Assert.Equal((6, 6), ((await bench.ViewAsync(new OutliersRequest([a], Cut: 0))).Pool, (await bench.ListAsync(new OutliersRequest([a], Cut: 0))).Count));
    }

    [Fact]
    public async Task Source_Chosen_LeavesTheOthersOutOfTheCutToo()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 6);
        var run = await bench.RunAsync("a", 0.5, 0.6, 0.7, 0.8, 0.9, 0.99);

        var view = await bench.ViewAsync(new OutliersRequest([run], OutlierOrder.Margin, Cut: 0.5, Source: "chat"));

        Assert.Equal(["sms", "chat"], view.Sources);
        Assert.Equal(3, view.Pool);
        Assert.Equal(Math.Log(0.8 / 0.2), view.Runs[0].Cut!.Value, 1e-12);
        Assert.Equal([1], await bench.ListAsync(view.Request));
    }

    [Fact]
    public async Task Sort_ByAnyNumber_GoesBothWaysAndPutsTheUndefinedLast()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 4);
        var (a, b) = (await bench.RunAsync("a", 0.9, 0.2, double.NaN, 0.6), await bench.RunAsync("b", 0.5, 0.5, 0.5, 0.5));
        var request = new OutliersRequest([a, b], Cut: 0);

        Assert.Equal([0, 3, 1, 2], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Score, a) }));
        Assert.Equal([1, 3, 0, 2], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Score, a, Reversed: true) }));
        Assert.Equal([3, 1, 0, 2], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Margin, a) }));
        Assert.Equal([0, 1, 2, 3], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Score, b) })); // all equal: sample order
        Assert.Equal([3, 2, 1, 0], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Sample, Reversed: true) }));
        // Labels are spam ham ham spam: losses -ln 0.9, -ln 0.8, none, -ln 0.6.
        Assert.Equal([3, 1, 0, 2], await bench.ListAsync(request with { Sort = new OutlierSort(OutlierSortKey.Loss, a) }));
    }

    [Fact]
    public async Task Reasons_OfTheList_AreCountedAndCanBeChosen()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, ("12345 !!!", "ham"), ("ok then", "ham"), ("caf\u00C3\u00A9 is what the menu said", "ham"), ("an ordinary message of some length", "spam"), ("zero\u200Bwidth characters hide in this one", "ham"));
        var run = await bench.RunAsync("a", 0.4, 0.4, 0.4, 0.05, double.NaN);
        var request = new OutliersRequest([run], Cut: 0);

        var view = await bench.ViewAsync(request);

        Assert.Equal(
            ["invisibleCharacters 1", "labelDisagrees 1", "mojibake 1", "noLanguage 1", "unscorable 1", "veryShort 1"],
            view.Reasons.Select(reason => FormattableString.Invariant($"{reason.Code} {reason.Count}")).Order(StringComparer.Ordinal));
        Assert.Equal([1], await bench.ListAsync(request with { Reason = "veryShort" }));
        Assert.Equal([4], await bench.ListAsync(request with { Reason = "invisibleCharacters" }));
        Assert.Equal((1, 5), ((await bench.ViewAsync(request with { Reason = "unscorable" })).Listed, (await bench.ViewAsync(request with { Reason = "unscorable" })).BeforeReason));
        foreach (var reason in view.Reasons)
        {
            var rows = await bench.Queries.RowsAsync(bench.ExperimentId, request with { Reason = reason.Code }, 0, 10, CancellationToken.None);
            Assert.All(rows.Items, row => Assert.Contains(row.Reasons, given => given.Code == reason.Code));
        }
    }

    [Fact]
    public async Task Rows_ReadInPages_AreTheListInItsOrder()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 30);
        var run = await bench.RunAsync("a", Enumerable.Range(0, 30).Select(index => (double?)(0.5 + (((index * 7) % 30) / 61.0))));
        var request = new OutliersRequest([run], Cut: 0);

        var all = await bench.ListAsync(request);
        var paged = new List<OutlierRow>();
        for (var skip = 0; skip < 30; skip += 8)
            paged.AddRange((await bench.Queries.RowsAsync(bench.ExperimentId, request, skip, 8, CancellationToken.None)).Items);

        Assert.Equal(all, paged.Select(row => row.Index));
        Assert.Equal(Enumerable.Range(1, 30), paged.Select(row => row.Rank));
        Assert.Equal(paged.Select(row => row.Runs[0].Result!.Entropy).OrderDescending(), paged.Select(row => row.Runs[0].Result!.Entropy));
        Assert.Equal(29, (await bench.ViewAsync(request with { Sample = all[29] })).SelectedPlace);
        Assert.Equal(30, (await bench.Queries.RowAsync(bench.ExperimentId, request, all[29], CancellationToken.None))!.Rank);
        Assert.Null(await bench.Queries.RowAsync(bench.ExperimentId, request, 30, CancellationToken.None));
    }
}
