using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class OperatingPointsOfRunsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Scores that tell next to nothing: what chooses a threshold on them finds an F1 that is not there.</summary>
    [Theory]
    [InlineData(PointJudging.Holdout)]
    [InlineData(PointJudging.Folds)]
    public async Task Point_JudgedOnSamplesThatDidNotChooseIt_IsLessOptimistic(PointJudging judging)
    {
        var random = new Random(9);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [.. Enumerable.Range(0, 200).Select(index => new BenchSample(index % 4 == 0, Math.Round((4 * random.NextDouble()) - 2, 3)))]);
        var request = new CompareRequest([]);
        var naive = (await bench.ViewAsync(request)).Runs[0];

        var fair = await bench.ViewAsync(request with { Judging = judging });

        var run = fair.Runs[0];
        Assert.Null(naive.Validated);
        Assert.Equal(naive.Chosen, naive.Judged);
        Assert.Equal((judging, judging == PointJudging.Folds ? 200 : 100), (fair.Judging, run.Validated!.Samples));
        Assert.Equal((run.Validated.Point!.TruePositives, run.Chosen!.Threshold), (run.Judged!.TruePositives, run.Judged.Threshold));
        Assert.InRange(run.Judged.F1!.Value, 0.2, naive.Judged!.F1!.Value - 0.01);
        if (judging == PointJudging.Folds)
            Assert.Equal(naive.Chosen, run.Chosen); // all samples choose as before
    }

    [Fact]
    public async Task Point_OnATypedThreshold_IsJudgedOnAllSamples()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(true, -1), new(false, -2)]);
        var run = (await bench.ViewAsync(new([], Threshold: 1.5) { Judging = PointJudging.Holdout })).Runs[0];
        Assert.Null(run.Validated);
        Assert.Equal((1, 0, 1), (run.Judged!.TruePositives, run.Judged.FalsePositives, run.Judged.FalseNegatives));
    }

    [Fact]
    public async Task Point_WithTooFewSamplesForFolds_SaysSo()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(true, -1), new(false, -2)]);
        var run = (await bench.ViewAsync(new([]) { Judging = PointJudging.Folds })).Runs[0];
        Assert.Equal("Too few samples: spam and the others need 5 each.", run.Validated!.Problem);
        Assert.Null(run.Judged);
    }

    [Fact]
    public async Task Thresholds_OfOneRun_StandBeforeTheRuleAndTheCommonOne()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(true, -1), new(false, -2)]);
        var own = (await bench.ViewAsync(new([], Threshold: 1.5) { Thresholds = new Dictionary<string, double> { [bench.RunId] = -1.5 } })).Runs[0];
        Assert.Equal((true, 2, 1), (own.HasOwnThreshold, own.Judged!.TruePositives, own.Judged.FalsePositives));
        var others = (await bench.ViewAsync(new([], Threshold: 1.5) { Thresholds = new Dictionary<string, double> { ["999"] = -1.5 } })).Runs[0];
        Assert.Equal((false, 1.5), (others.HasOwnThreshold, others.Chosen!.Threshold));
    }

    [Fact]
    public async Task Points_WhileAThresholdMoves_AreThoseOfAViewAtIt()
    {
        var random = new Random(4);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [.. Enumerable.Range(0, 80).Select(index => new BenchSample(index % 3 == 0, index == 7 ? null : Math.Round((6 * random.NextDouble()) - 3, 1)))]);
        var view = await bench.ViewAsync(new([]));
        foreach (var threshold in new[] { -9, -1.25, 0, 0.7, 9 })
        {
            var moved = await harness.Get<CompareQueries>().PointsAsync(view, new Dictionary<string, double> { [bench.RunId] = threshold }, CancellationToken.None);
            Assert.Equal((await bench.ViewAsync(new([], Threshold: threshold))).Runs[0].Chosen, moved[0]);
        }

        Assert.Equal(view.Runs[0].Chosen, (await harness.Get<CompareQueries>().PointsAsync(view, new Dictionary<string, double>(), CancellationToken.None))[0]);
    }

    /// <summary>Against the argmax, by hand: the threshold 1.5 lets the ham at 1 go and loses the spam at 1.2; the one at -1.5 catches the spam at -1 and flags the ham at -0.5.</summary>
    [Fact]
    public async Task Changes_OfAThreshold_AreTheSamplesBetweenItAndTheArgmax()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(true, 2), new(false, 1), new(true, 1.2), new(true, -1), new(false, -0.5), new(false, -2), new(true, null)]);
        var higher = await ChangesAsync(new([], Threshold: 1.5), 8, null);
        Assert.Equal((0, 1, 0, 1), (higher.Caught, higher.Missed, higher.Raised, higher.Cleared));
        Assert.Equal([2, 1], higher.Samples!.Select(sample => sample.Index)); // the nearest first
        Assert.Equal(("message 2", "spam", 1.2, false, false), Told(higher.Samples![0]));
        Assert.True(higher.Samples![1].IsRight);

        var lower = await ChangesAsync(new([], Threshold: 1.5), 1, new Dictionary<string, double> { [bench.RunId] = -1.5 });
        Assert.Equal((1, 0, 1, 0, 2), (lower.Caught, lower.Missed, lower.Raised, lower.Cleared, lower.Count));
        Assert.Equal(3, Assert.Single(lower.Samples!).Index);
        Assert.Equal(0, (await ChangesAsync(new([], Threshold: 0), 8, null)).Count);

        async Task<RunChanges> ChangesAsync(CompareRequest request, int take, IReadOnlyDictionary<string, double>? thresholds) =>
            Assert.Single(await harness.Get<ChangesQueries>().OfAsync(await bench.ViewAsync(request), take, thresholds, CancellationToken.None));

        static (string Text, string Label, double Score, bool Flagged, bool IsRight) Told(ChangedSample sample) => (sample.Text, sample.Label, Math.Round(sample.Score, 9), sample.Flagged, sample.IsRight);
    }
}
