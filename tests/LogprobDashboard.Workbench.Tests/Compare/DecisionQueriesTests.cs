using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class DecisionQueriesTests : IDisposable
{
    private static readonly ResamplingRequest Drawn = new(100, 5);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>A decision is what the page shows: the same threshold, and the same figures to expect of it.</summary>
    [Theory]
    [InlineData(PointJudging.Same, null, null)]
    [InlineData(PointJudging.Holdout, null, null)]
    [InlineData(PointJudging.Same, "chat", 0.6)]
    [InlineData(PointJudging.Holdout, "chat", null)]
    public async Task Decision_OfAView_IsWhatTheViewShows(PointJudging judging, string? source, double? abstain)
    {
        var random = new Random(9);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [.. Enumerable.Range(0, 300).Select(index => new BenchSample(index % 4 == 0, Math.Round((4 * random.NextDouble()) - 2 + (index % 4 == 0 ? 1 : 0), 3), index % 3 == 0 ? "chat" : "sms"))]);
        var scope = new SampleScope(null, source, abstain);
        var shown = (await bench.ViewAsync(new([], Rule: "recall:0.8") { Judging = judging, Holdout = 0.4, Seed = 5, Scope = scope })).Runs[0];

        var decision = await harness.Get<DecisionQueries>().OfAsync(bench.RunId, new MetricsRequest(Rule: "recall:0.8", Resampling: Drawn) { Scope = scope }, judging == PointJudging.Holdout ? 0.4 : null, CancellationToken.None);

        Assert.Equal(shown.Judged!.Threshold, decision.ThresholdLogOdds);
        Assert.Equal((shown.Judged.Precision, shown.Judged.Recall, shown.Judged.F1), (decision.Expected.Precision.Value, decision.Expected.Recall.Value, decision.Expected.F1.Value));
        Assert.InRange(decision.Expected.Recall.Value!.Value, decision.Expected.Recall.Interval!.Low, decision.Expected.Recall.Interval.High);
        Assert.Equal((judging, shown.Validated?.Samples ?? shown.Scored + shown.Unscorable), (decision.Expected.JudgedOn, decision.Expected.Samples));
        Assert.Equal(new DecisionScope(source is null ? null : "source", source, abstain), decision.Scope);
        Assert.Equal(shown.Scored + shown.Unscorable, decision.Evidence.Samples);
        Assert.Equal(5, decision.CrossValidated!.Folds);
    }

    [Fact]
    public async Task Decision_ThatCannotBeHeldOut_SaysWhy()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(false, -1), new(false, -2)]);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => harness.Get<DecisionQueries>().OfAsync(bench.RunId, new MetricsRequest(Rule: "maxF1", Resampling: Drawn), 0.5, CancellationToken.None));
        Assert.Equal("Too few samples: spam and the others need 2 each.", error.Detail);
    }

    [Fact]
    public async Task Comparison_JudgedOnHeldOutSamples_ShowsBothPoints()
    {
        var random = new Random(2);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [.. Enumerable.Range(0, 80).Select(index => new BenchSample(index % 2 == 0, Math.Round((4 * random.NextDouble()) - 2, 3)))]);
        var request = new CompareRequest([]) { Judging = PointJudging.Folds };
        var compared = await harness.Get<ComparisonQueries>().CompareAsync(bench.Experiment.Id, new ComparisonRequest(request, Resampling: ResamplingRequest.None), CancellationToken.None);
        Assert.Equal((await bench.ViewAsync(request)).Runs[0].Validated, compared.Runs[0].Validated);
        Assert.Equal((80, 5), (compared.Runs[0].Validated!.Samples, compared.Runs[0].Validated!.Folds));
    }
}
