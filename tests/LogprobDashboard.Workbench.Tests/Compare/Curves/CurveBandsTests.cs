using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Workbench.Tests.Compare.Curves;

public sealed class CurveBandsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>The definition done the slow way: each resample's samples written out, its curve built from them, the quantiles picked from the sorted values.</summary>
    [Fact]
    public async Task Band_OfAFewSamples_IsThatOfResamplesWrittenOut()
    {
        const int Resamples = 120;
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        BenchSample[] samples = [new(true, 3), new(true, 2), new(false, 2), new(true, 0.5), new(false, 0), new(false, -1), new(true, -1.5), new(false, -2), new(true, null), new(false, null)];
        var bench = await CompareBench.WithAsync(harness, samples);

        var band = await BandAsync(bench, ComparedCurve.PrecisionRecall, new ResamplingRequest(Resamples, 7));
        var roc = await BandAsync(bench, ComparedCurve.Roc, new ResamplingRequest(Resamples, 7));
        var resampled = Written(samples, Resamples, 7);

        Assert.Equal(101, band.Points.Count);
        foreach (var point in band.Points)
        {
            var values = resampled.Select(ranked => ranked.PrecisionRecallCurve().First(at => at.Recall > 0 && at.Recall >= point.X - 1e-9).Precision).Order().ToList();
            Assert.Equal(Percentile(values, 0.025), point.Low, 1e-9);
            Assert.Equal(Percentile(values, 0.975), point.High, 1e-9);
        }

        var none = resampled.Select(ranked => ranked.RocCurve().Where(at => at.FalsePositiveRate == 0).Max(at => at.TruePositiveRate)).Order().ToList();
        Assert.Equal((Percentile(none, 0.025), Percentile(none, 0.975)), (roc.Points[0].Low, roc.Points[0].High));
    }

    [Theory]
    [InlineData(ComparedCurve.PrecisionRecall, 90)]
    [InlineData(ComparedCurve.Roc, 90)]
    [InlineData(ComparedCurve.RiskCoverage, 90)]
    [InlineData(ComparedCurve.Reliability, 13)]
    [InlineData(ComparedCurve.Thresholds, 85)]
    public async Task Band_HoldsTheCurveAndIsWiderWithFewerSamples(ComparedCurve curve, int least)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var many = await CompareBench.WithAsync(harness, CurvesQueriesTests.Samples(800));
        var few = await CompareBench.WithAsync(harness, CurvesQueriesTests.Samples(80));

        var (narrow, wide) = (await BandAsync(many, curve), await BandAsync(few, curve));
        var value = await ValueAsync(many, curve);

        Assert.True(narrow.Points.Count(point => point.Low - 1e-9 <= value(point.X) && value(point.X) <= point.High + 1e-9) >= least);
        Assert.True(Width(wide) > 1.5 * Width(narrow), $"{Width(wide)} is not wider than {Width(narrow)}.");
        Assert.All(narrow.Points, point => Assert.True(point.Low is >= 0 and <= 1 && point.High >= point.Low && point.High <= 1));
    }

    [Fact]
    public async Task Bands_OfThresholds_AreOneAMetric_AndScoresHaveNone()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, CurvesQueriesTests.Samples(60));
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId]));

        var bands = await harness.Get<CurvesQueries>().BandsAsync(view, new CurvesRequest(ComparedCurve.Thresholds), new ResamplingRequest(100, 3), CancellationToken.None);

        Assert.Equal(bands!.Runs, (await harness.Get<CurvesQueries>().KnownBandsAsync(view, new CurvesRequest(ComparedCurve.Thresholds), new ResamplingRequest(100, 3), CancellationToken.None))!.Runs);
        Assert.Null(await harness.Get<CurvesQueries>().KnownBandsAsync(view, new CurvesRequest(ComparedCurve.Thresholds), new ResamplingRequest(100, 4), CancellationToken.None));
        Assert.Equal([ThresholdMetric.Precision, ThresholdMetric.Recall, ThresholdMetric.F1], bands.Runs.Select(band => band.Metric));
        Assert.Equal(new ResamplingRequest(100, 3), bands.Resampling);
        Assert.All(bands.Runs, band => Assert.Equal(band.Points.Select(point => point.X).Order(), band.Points.Select(point => point.X)));
        Assert.Null(await harness.Get<CurvesQueries>().BandsAsync(view, new CurvesRequest(ComparedCurve.Scores), new ResamplingRequest(), CancellationToken.None));
        Assert.Null(await harness.Get<CurvesQueries>().BandsAsync(view, new CurvesRequest(ComparedCurve.Roc), ResamplingRequest.None, CancellationToken.None));
    }

    private static double Width(RunBand band) => band.Points.Average(point => point.High - point.Low);

    private static async Task<RunBand> BandAsync(CompareBench bench, ComparedCurve curve, ResamplingRequest? resampling = null)
    {
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId]));
        return (await bench.Harness.Get<CurvesQueries>().BandsAsync(view, new CurvesRequest(curve), resampling ?? new ResamplingRequest(400), CancellationToken.None))!.Runs[0];
    }

    /// <summary>The curve's own value at an x; with thresholds its precision.</summary>
    private static async Task<Func<double, double>> ValueAsync(CompareBench bench, ComparedCurve curve)
    {
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId]));
        var curves = await bench.Harness.Get<CurvesQueries>().OfAsync(view, new CurvesRequest(curve, MaxPoints: CompareRequest.AllPoints), CancellationToken.None);
        return curve switch
        {
            ComparedCurve.Roc => x => curves.Roc![0].Points.Last(point => point.FalsePositiveRate <= x + 1e-9).TruePositiveRate,
            ComparedCurve.RiskCoverage => x => curves.RiskCoverage![0].Points.First(point => point.Coverage >= x - 1e-9).Risk,
            ComparedCurve.Reliability => x => curves.Reliability![0].Bins.First(bin => bin.MeanProbability == x).ObservedRate,
            ComparedCurve.Thresholds => x => curves.Thresholds![0].Points.First(point => point.Threshold >= x - 1e-9).Precision ?? 1,
            _ => x => curves.PrecisionRecall![0].Points.First(point => point.Recall > 0 && point.Recall >= x - 1e-9).Precision,
        };
    }

    private static List<RankedScores> Written(BenchSample[] samples, int resamples, long seed)
    {
        var written = new RankedScores[resamples];
        var place = -1;
        GroupBootstrap.Measure(SampleGroups.Singles(samples.Length), resamples, seed, 1, (weights, _) =>
        {
            var drawn = new List<BenchSample>();
            for (var sample = 0; sample < samples.Length; sample++)
                drawn.AddRange(Enumerable.Repeat(samples[sample], weights[sample]));
            var scored = drawn.Where(sample => sample.Score is not null).ToList();
            var ranked = RankedScores.Create(
                [.. scored.Select(sample => sample.Score!.Value)], [.. scored.Select(sample => sample.IsSpam)], drawn.Count(sample => sample is { Score: null, IsSpam: true }), drawn.Count(sample => sample is { Score: null, IsSpam: false }));
            if (ranked.IsDefined)
                written[Interlocked.Increment(ref place)] = ranked;
            return ranked.IsDefined;
        });
        return [.. written];
    }

    /// <summary>Linear between the sorted values, as numpy.percentile.</summary>
    private static double Percentile(List<double> sorted, double share)
    {
        var at = (sorted.Count - 1) * share;
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }
}
