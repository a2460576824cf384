using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class SampleScopeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>What a slice shows must be what a dataset of that slice alone would show.</summary>
    [Theory]
    [InlineData(null, "chat")]
    [InlineData("channel", "b")]
    [InlineData("channel", "true")]
    public async Task View_OfASlice_IsThatOfTheSliceAlone(string? column, string value)
    {
        var samples = Samples(120);
        var alone = samples.Where(sample => column is null ? sample.Source == value : (sample.Channel is bool ? "true" : sample.Channel as string) == value).ToList();
        Assert.InRange(alone.Count, 10, 60);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var whole = await CompareBench.WithAsync(harness, samples);
        var part = await CompareBench.WithAsync(harness, alone);

        var sliced = await whole.ViewAsync(new([]) { Scope = new(column, value) });
        var expected = await part.ViewAsync(new([]));

        Assert.Equal(new SampleScope(column, value), sliced.Scope);
        AssertAlike(expected.Runs[0], sliced.Runs[0]);
        Assert.NotEqual(expected.Runs[0].Scored, (await whole.ViewAsync(new([]))).Runs[0].Scored);
    }

    [Fact]
    public async Task View_ThatAbstains_JudgesOnlyWhatIsSureEnough()
    {
        var samples = Samples(120);
        var most = LabelMasses.Entropy([1 / (1 + Math.Exp(-1.5)), 1 / (1 + Math.Exp(1.5))]);
        var sure = samples.Where(sample => sample.Score is not { } score || Math.Abs(score) >= 1.5).ToList();
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var whole = await CompareBench.WithAsync(harness, samples);
        var part = await CompareBench.WithAsync(harness, sure);

        var abstaining = await whole.ViewAsync(new([]) { Scope = new(MostEntropy: most + 1e-9) });

        AssertAlike((await part.ViewAsync(new([]))).Runs[0], abstaining.Runs[0]);
        Assert.Equal(samples.Count - sure.Count, abstaining.Runs[0].Abstained);
        Assert.InRange(abstaining.Runs[0].Abstained, 5, 100);
        Assert.Equal(samples.Count(sample => sample.Score is null), abstaining.Runs[0].Unscorable);
    }

    [Theory]
    [InlineData("channel", "no such value")]
    [InlineData("no such column", "b")]
    [InlineData("text", "message 1")]
    [InlineData("label", "spam")]
    public async Task View_OfASliceThatTheDatasetDoesNotHave_FallsBackToAll(string column, string value)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(30));
        var view = await bench.ViewAsync(new([]) { Scope = new(column, value) });
        Assert.Equal((SampleScope.All, 30), (view.Scope, view.Runs[0].Scored + view.Runs[0].Unscorable));
    }

    [Fact]
    public async Task Metrics_OfASourceThatTheDatasetDoesNotHave_SaysWhichItHas()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(30));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<CompareQueries>().MetricsAsync(bench.RunId, new MetricsRequest(null, null, null, "fax"), CancellationToken.None));
        Assert.Equal("It has sms, chat.", error.Detail);
    }

    [Fact]
    public async Task Uncertainty_OfASlice_IsOfItsSamplesAlone()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(120));
        var comparisons = harness.Get<ComparisonQueries>();
        var (all, slice) = (await bench.ViewAsync(new([])), await bench.ViewAsync(new([]) { Scope = new(Value: "chat") }));
        var resampling = new ResamplingRequest(200);
        var (wide, narrow) = (await comparisons.UncertaintyAsync(slice, null, resampling, CancellationToken.None), await comparisons.UncertaintyAsync(all, null, resampling, CancellationToken.None));
        Assert.Equal((slice.Runs[0].Scored + slice.Runs[0].Unscorable, 120), (wide.Runs[0].Intervals!.Groups, narrow.Runs[0].Intervals!.Groups));
        Assert.True(Width(wide) > Width(narrow));
        Assert.InRange(narrow.Runs[0].Intervals!.F1!.Low, 0.4, all.Runs[0].Chosen!.F1!.Value);

        static double Width(CompareUncertainty found) => found.Runs[0].Intervals!.AveragePrecision!.High - found.Runs[0].Intervals!.AveragePrecision!.Low;
    }

    private static void AssertAlike(ComparedRun expected, ComparedRun actual)
    {
        Assert.Equal((expected.Scored, expected.Unscorable, expected.Positives), (actual.Scored, actual.Unscorable, actual.Positives));
        Assert.Equal(expected.AveragePrecision!.Value, actual.AveragePrecision!.Value, 1e-12);
        Assert.Equal(expected.RocAuc!.Value, actual.RocAuc!.Value, 1e-12);
        Assert.Equal(expected.CalibrationError!.Value, actual.CalibrationError!.Value, 1e-12);
        Assert.Equal(expected.Chosen, actual.Chosen);
        Assert.Equal(expected.Argmax, actual.Argmax);
        Assert.Equal(expected.Curve, actual.Curve);
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
