using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Workbench.Tests.Compare.Calibration;

public sealed class CalibrationQueriesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task OwnProbabilities_OfTwoLabels_HaveTheFiguresOfTheRun()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(200));
        var expected = await harness.Get<CompareQueries>().MetricsAsync(bench.RunId, new MetricsRequest(Resampling: ResamplingRequest.None), CancellationToken.None);
        var run = await RunAsync(bench, new());
        var own = run.Of(Calibrator.None)!;
        Assert.Equal((expected.Ece, expected.LogLoss, expected.Brier, expected.Accuracy), (own.ExpectedError, own.LogLoss, own.Brier, own.Accuracy));
        Assert.Equal((expected.Scored, expected.Unscorable), (run.Scored, run.Unscorable));
        Assert.Equal(expected.Scored, own.Bins.Sum(bin => bin.Count));
        Assert.Null(run.Of(Calibrator.Batch));
    }

    /// <summary>Scores twice as far from 0 as the log odds that the labels were drawn with: a temperature of 2 and a slope of 1/2 undo that.</summary>
    [Fact]
    public async Task Calibrators_OfARunThatIsTwiceTooSure_FindThatOut()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var random = new Random(11);
        var samples = Enumerable.Range(0, 4000).Select(_ =>
        {
            var logOdds = Math.Round((6 * random.NextDouble()) - 3, 3);
            return new BenchSample(random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)), 2 * logOdds);
        }).ToList();
        var run = await RunAsync(await CompareBench.WithAsync(harness, samples), new());
        var (own, temperature, platt) = (run.Of(Calibrator.None)!, run.Of(Calibrator.Temperature)!, run.Of(Calibrator.Platt)!);
        Assert.InRange(temperature.Fit!.Temperature!.Value, 1.85, 2.15);
        Assert.InRange(platt.Fit!.Slope!.Value, 0.46, 0.54);
        Assert.InRange(platt.Fit.Intercept!.Value, -0.12, 0.12);
        Assert.InRange(own.ExpectedError!.Value, 0.06, 0.2);
        Assert.InRange(temperature.ExpectedError!.Value, 0, 0.03);
        Assert.True(platt.LogLoss < own.LogLoss && temperature.Brier < own.Brier);
        Assert.True(run.Figures.All(figures => figures.MaximumError >= figures.ExpectedError));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BrierParts_AddUpToTheScore(bool equalWidth)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var run = await RunAsync(await CompareBench.WithAsync(harness, Samples(200)), new(EqualWidth: equalWidth));
        Assert.Equal([Calibrator.None, Calibrator.Temperature, Calibrator.Platt], run.Figures.Select(figures => figures.Calibrator));
        Assert.All(run.Figures, figures => Assert.Equal(figures.Brier!.Value, figures.BrierParts!.Score, 1e-12));
        Assert.All(run.Figures, figures => Assert.Equal(run.Figures[0].BrierParts!.Uncertainty, figures.BrierParts!.Uncertainty, 1e-12));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public async Task ConformalSets_OfARun_CoverWhatWasAskedFor(double errorRate)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var run = await RunAsync(await CompareBench.WithAsync(harness, Samples(2000)), new(ErrorRate: errorRate));
        var sets = run.Conformal!;
        Assert.Equal(run.Scored, sets.CalibratedOn + sets.Judged);
        Assert.Equal(sets.Judged, sets.Sizes.Sum());
        Assert.InRange(sets.Coverage, 1 - errorRate - 0.03, 1 - errorRate + 0.03);
        Assert.InRange(sets.MeanSize, 0.5, 2);
        Assert.InRange(1 - errorRate, sets.CoverageInterval.Low - 0.02, sets.CoverageInterval.High + 0.02);
    }

    [Fact]
    public async Task ConformalSets_OfTooFewSamplesForTheErrorRate_HoldEveryLabel()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var run = await RunAsync(await CompareBench.WithAsync(harness, Samples(20)), new(ErrorRate: 0.01));
        Assert.Null(run.Conformal!.LeastProbability);
        Assert.Equal((1, 2), (run.Conformal.Coverage, run.Conformal.MeanSize));
    }

    /// <summary>Among what a limit lets through the risk is what the page's accuracy leaves.</summary>
    [Fact]
    public async Task Abstaining_RiskAndShare_AreThoseOfTheRestrictedView()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(200));
        var scope = new SampleScope(MostEntropy: 0.5);
        var (all, limited) = ((await bench.ViewAsync(new([]))).Runs[0], (await bench.ViewAsync(new([]) { Scope = scope })).Runs[0]);
        var figures = (await RunAsync(bench, new(), scope)).Selective!;
        Assert.Equal(1 - all.Confusion!.Accuracy!.Value, figures.RiskOfAll, 1e-12);
        Assert.Equal(1 - limited.Confusion!.Accuracy!.Value, figures.Risk!.Value, 1e-12);
        Assert.Equal(limited.Abstained, (int)Math.Round((1 - figures.Answered) * (all.Scored + all.Unscorable)));
        Assert.InRange(limited.Abstained, 20, 150);
        Assert.Equal(figures.ByMargin.RiskCoverage, figures.ByEntropy.RiskCoverage, 1e-9); // with two labels they order samples alike
        Assert.Equal((figures.ByEntropy, figures.RiskOfAll), ((await RunAsync(bench, new())).Selective!.ByEntropy, (await RunAsync(bench, new())).Selective!.RiskOfAll));
    }

    [Fact]
    public async Task Calibration_OfARunWithoutAScoredSample_IsEmpty()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var run = await RunAsync(await CompareBench.WithAsync(harness, [new(true, null), new(false, null)]), new());
        Assert.Equal((0, 2, 0), (run.Scored, run.Unscorable, run.Figures.Count));
        Assert.Null(run.Conformal);
        Assert.Equal(1, run.Selective!.RiskOfAll);
    }

    [Fact]
    public async Task Calibration_OfOneSampleOfALabel_LeavesOutWhatCannotBeFitted()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var run = await RunAsync(await CompareBench.WithAsync(harness, [new(true, 1), new(false, -1), new(false, 0.5), new(false, -2)]), new());
        Assert.Null(run.Of(Calibrator.Platt)); // without its fold there is no positive
        Assert.NotNull(run.Of(Calibrator.None)!.Brier);
    }

    private static async Task<RunCalibration> RunAsync(CompareBench bench, CalibrationRequest request, SampleScope? scope = null) =>
        Assert.Single((await bench.Harness.Get<CalibrationQueries>().OfAsync(await bench.ViewAsync(new([]) { Scope = scope ?? SampleScope.All }), request, CancellationToken.None)).Runs);

    private static List<BenchSample> Samples(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var isSpam = index % 3 == 0;
            return new BenchSample(isSpam, index % 17 == 5 ? null : Math.Round((isSpam ? 1 : -1) + (6 * random.NextDouble()) - 3, 2));
        })];
    }
}
