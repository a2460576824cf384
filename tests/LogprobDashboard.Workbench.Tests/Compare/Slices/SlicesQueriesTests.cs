using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Slices;

namespace LogprobDashboard.Workbench.Tests.Compare.Slices;

public sealed class SlicesQueriesTests : IDisposable
{
    private static readonly ResamplingRequest Drawn = new(200, 3);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>A row of the table is what the whole page shows once it is restricted to the slice.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("channel", null)]
    [InlineData("channel", 0.6)]
    public async Task Slice_OfARun_HasTheFiguresOfTheRestrictedView(string? column, double? abstain)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(150));
        var view = await bench.ViewAsync(new([]) { Scope = new(MostEntropy: abstain) });

        var found = (await harness.Get<SlicesQueries>().OfAsync(view, column, Drawn, CancellationToken.None))!;

        Assert.Equal(column ?? "source", found.Column);
        Assert.InRange(found.Slices.Count, 2, 4);
        foreach (var slice in found.Slices)
        {
            var request = new MetricsRequest(Threshold: view.Runs[0].Chosen!.Threshold, Resampling: Drawn) { Scope = new(column, slice.Value, abstain) };
            var expected = await harness.Get<CompareQueries>().MetricsAsync(bench.RunId, request, CancellationToken.None);
            var run = Assert.Single(slice.Runs);
            Assert.Equal((expected.Scored + expected.Unscorable, expected.Positives), (run.Samples, run.Positives));
            Assert.Equal((expected.AveragePrecision.Value, expected.AveragePrecision.Low, expected.AveragePrecision.High), (run.AveragePrecision, run.Interval?.Low, run.Interval?.High));
            Assert.Equal((expected.RocAuc.Value, expected.Accuracy), (run.RocAuc, run.Accuracy));
            Assert.Equal((expected.OperatingPoint!.Precision, expected.OperatingPoint.Recall, expected.OperatingPoint.F1), (run.Precision, run.Recall, run.F1));
        }
    }

    [Fact]
    public async Task Slices_OfAColumn_AreWorstFirstAndThoseWithoutAverageLast()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(
            harness,
            [
                new(true, 2, "good"), new(false, 1, "good"), new(false, -2, "good"),
                new(false, 3, "bad"), new(true, 1, "bad"), new(false, 0, "bad"),
                new(false, 1, "no spam"), new(false, 2, "no spam"),
            ]);
        var found = (await harness.Get<SlicesQueries>().OfAsync(await bench.ViewAsync(new([])), null, ResamplingRequest.None, CancellationToken.None))!;
        Assert.Equal([("bad", (double?)0.5, 3, 1), ("good", 1, 3, 1), ("no spam", null, 2, 0)], found.Slices.Select(slice => (slice.Value, slice.Runs[0].AveragePrecision, slice.Runs[0].Samples, slice.Runs[0].Positives)));
        Assert.Equal((8, 2, 0.25), (found.Whole[0].Samples, found.Whole[0].Positives, found.Whole[0].Share));
        Assert.Null(found.Resampling);
        Assert.All(found.Slices, slice => Assert.Null(slice.Runs[0].Interval));
    }

    [Fact]
    public async Task Slices_OfAColumnWithGaps_CountTheSamplesWithoutAValue()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var samples = Samples(50);
        var bench = await CompareBench.WithAsync(harness, samples);
        var found = (await harness.Get<SlicesQueries>().OfAsync(await bench.ViewAsync(new([])), "channel", ResamplingRequest.None, CancellationToken.None))!;
        Assert.Equal(samples.Count(sample => sample.Channel is null), found.WithoutValue);
        Assert.InRange(found.WithoutValue, 5, 20);
        Assert.Equal(50 - found.WithoutValue, found.Slices.Sum(slice => slice.Runs[0].Samples));
        Assert.Equal(["source", "channel"], found.Columns);
    }

    [Fact]
    public async Task Slices_OfAViewOfOneSlice_AreStillAllOfThem()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(60));
        var slices = harness.Get<SlicesQueries>();
        var all = (await slices.OfAsync(await bench.ViewAsync(new([]) { Threshold = 0 }), null, Drawn, CancellationToken.None))!;
        var restricted = (await slices.OfAsync(await bench.ViewAsync(new([]) { Threshold = 0, Scope = new(Value: "chat") }), null, Drawn, CancellationToken.None))!;
        Assert.Equal(all.Slices.SelectMany(slice => slice.Runs), restricted.Slices.SelectMany(slice => slice.Runs));
    }

    [Fact]
    public async Task Slice_FarWorseThanTheWhole_IsMarked()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var samples = Enumerable.Range(0, 300).Select(index => new BenchSample(index % 3 == 0, index % 10 == 0 ? (index % 7) - 3 : (index % 3 == 0 ? 2 : -2) + (index % 5 * 0.1), index % 10 == 0 ? "noise" : "clear")).ToList();
        var bench = await CompareBench.WithAsync(harness, samples);
        var found = (await harness.Get<SlicesQueries>().OfAsync(await bench.ViewAsync(new([])), null, new ResamplingRequest(), CancellationToken.None))!;
        Assert.Equal([("noise", true), ("clear", false)], found.Slices.Select(slice => (slice.Value, slice.Runs[0].IsBelowWhole)));
    }

    [Fact]
    public async Task Slices_OfAnUnknownColumn_AreThoseOfTheFirst()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(30));
        var found = await harness.Get<SlicesQueries>().OfAsync(await bench.ViewAsync(new([])), "text", ResamplingRequest.None, CancellationToken.None);
        Assert.Equal("source", found!.Column);
    }

    private static List<BenchSample> Samples(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var isSpam = index % 3 == 0;
            object? channel = (index % 5) switch { 0 => "a", 1 => "b", 2 => true, 3 => 7, _ => null };
            return new BenchSample(isSpam, index % 17 == 5 ? null : Math.Round((isSpam ? 1 : -1) + (6 * random.NextDouble()) - 3, 2), index % 4 == 3 ? "chat" : "sms", channel);
        })];
    }
}
