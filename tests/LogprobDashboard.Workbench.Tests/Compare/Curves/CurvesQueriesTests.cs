using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Workbench.Tests.Compare.Curves;

public sealed class CurvesQueriesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Curves_WithEveryPoint_AreThoseOfTheRunsOwnCurve()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(120));

        var pr = (await CurvesAsync(bench, ComparedCurve.PrecisionRecall)).PrecisionRecall!.Single();
        var roc = (await CurvesAsync(bench, ComparedCurve.Roc)).Roc!.Single();
        var reliability = (await CurvesAsync(bench, ComparedCurve.Reliability)).Reliability!.Single();
        var risk = (await CurvesAsync(bench, ComparedCurve.RiskCoverage)).RiskCoverage!.Single();

        Assert.Equal((await ApiAsync(bench, CurveKind.Pr)).Select(point => (point.Threshold, point.Precision, point.Recall)), pr.Points.Select(point => (point.Threshold, (double?)point.Precision, (double?)point.Recall)));
        Assert.Equal((await ApiAsync(bench, CurveKind.Roc)).Select(point => (point.Threshold, point.FalsePositiveRate, point.TruePositiveRate)), roc.Points.Select(point => (point.Threshold, (double?)point.FalsePositiveRate, (double?)point.TruePositiveRate)));
        Assert.Equal((await ApiAsync(bench, CurveKind.Calibration)).Select(point => (point.MeanProbability, point.ObservedRate, point.Count)), reliability.Bins.Select(bin => ((double?)bin.MeanProbability, (double?)bin.ObservedRate, (int?)bin.Count)));
        Assert.Equal((await ApiAsync(bench, CurveKind.RiskCoverage)).Select(point => (point.Coverage, point.Risk)), risk.Points.Select(point => ((double?)point.Coverage, (double?)point.Risk)));
        var metrics = await harness.Get<CompareQueries>().MetricsAsync(bench.RunId, new MetricsRequest("spam", Resampling: ResamplingRequest.None), CancellationToken.None);
        Assert.Equal((metrics.RocAuc.Value, metrics.Ece), (roc.Area, reliability.ExpectedError));
    }

    [Fact]
    public async Task Thresholds_HaveTheFiguresOfTheirOperatingPoints()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(60));

        var run = (await CurvesAsync(bench, ComparedCurve.Thresholds)).Thresholds!.Single();

        Assert.Equal(run.Points.Select(point => point.Threshold).Order(), run.Points.Select(point => point.Threshold));
        Assert.Equal((run.Points[0].Threshold, run.Points[^1].Threshold), (run.Lowest, run.Highest));
        foreach (var point in run.Points.Where((_, place) => place % 9 == 0))
        {
            var metrics = await harness.Get<CompareQueries>().MetricsAsync(bench.RunId, new MetricsRequest("spam", point.Threshold, Resampling: ResamplingRequest.None), CancellationToken.None);
            Assert.Equal((metrics.OperatingPoint!.Precision, metrics.OperatingPoint.Recall, metrics.OperatingPoint.F1), (point.Precision, point.Recall, point.F1));
        }
    }

    [Fact]
    public async Task Scores_AreCountedByTrueLabelInRoundBins()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var samples = Samples(90);
        var bench = await CompareBench.WithAsync(harness, samples);

        var scores = (await CurvesAsync(bench, ComparedCurve.Scores)).Scores!;
        var run = scores.Runs.Single();

        Assert.Equal((samples.Count(sample => sample is { IsSpam: true, Score: not null }), samples.Count(sample => sample is { IsSpam: false, Score: not null })), (run.Positives.Sum(), run.Others.Sum()));
        var width = scores.Edges[1] - scores.Edges[0];
        Assert.InRange(scores.Edges.Count - 1, 30, 80);
        Assert.All(scores.Edges, edge => Assert.Equal(Math.Round(edge / width), edge / width, 1e-6));
        for (var bin = 0; bin < run.Positives.Count; bin++)
            Assert.Equal(samples.Count(sample => sample.IsSpam && sample.Score >= scores.Edges[bin] && sample.Score < scores.Edges[bin + 1]), run.Positives[bin]);
    }

    [Theory]
    [InlineData(ComparedCurve.PrecisionRecall)]
    [InlineData(ComparedCurve.Roc)]
    [InlineData(ComparedCurve.RiskCoverage)]
    [InlineData(ComparedCurve.Thresholds)]
    public async Task Curve_OfManySamples_KeepsFewPointsAndSpendsThemOnASpan(ComparedCurve curve)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(700));
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId], Threshold: 0.5));

        var all = Xs(await QueryAsync(harness, view, new CurvesRequest(curve, MaxPoints: 40)));
        var span = new CurveSpan(all[all.Count / 3], all[all.Count / 2]);
        var part = Xs(await QueryAsync(harness, view, new CurvesRequest(curve, MaxPoints: 40, Span: span)));
        var every = Xs(await QueryAsync(harness, view, new CurvesRequest(curve, MaxPoints: CompareRequest.AllPoints)));

        Assert.InRange(all.Count, 20, 44);
        Assert.InRange(part.Count, 5, 44);
        Assert.True(part.Count(x => x >= span.From && x <= span.To) > all.Count(x => x >= span.From && x <= span.To));
        Assert.True(part[0] <= span.From && part[^1] >= span.To);
        Assert.InRange(part.Count(x => x < span.From), 0, 1);
        Assert.InRange(part.Count(x => x > span.To), 0, 1);
        Assert.Empty(all.Concat(part).Except(every));
    }

    [Fact]
    public async Task Roc_KeepsThePointsOfItsMarks()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(700));
        foreach (var threshold in new[] { 0.31, 1.7, -2.2 })
        {
            var view = await bench.ViewAsync(new CompareRequest([bench.RunId], Threshold: threshold));
            var roc = (await QueryAsync(harness, view, new CurvesRequest(ComparedCurve.Roc, MaxPoints: 20))).Roc!.Single();
            Assert.Equal(threshold, roc.Chosen!.Value.Threshold);
            Assert.Contains(roc.Points, point => (point.FalsePositiveRate, point.TruePositiveRate) == (roc.Chosen.Value.FalsePositiveRate, roc.Chosen.Value.TruePositiveRate));
            Assert.Contains(roc.Points, point => (point.FalsePositiveRate, point.TruePositiveRate) == (roc.Argmax!.Value.FalsePositiveRate, roc.Argmax.Value.TruePositiveRate));
            Assert.Equal(roc.Points.OrderBy(point => point.FalsePositiveRate).ThenBy(point => point.TruePositiveRate), roc.Points);
        }
    }

    /// <summary>What is abstained from is still on the curve: else a limit could not be moved back.</summary>
    [Fact]
    public async Task RiskCoverage_OfAViewThatAbstains_IsOfAllSamples()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(60));
        var request = new CurvesRequest(ComparedCurve.RiskCoverage, MaxPoints: CompareRequest.AllPoints);
        var (all, limited) = (await bench.ViewAsync(new([])), await bench.ViewAsync(new([]) { Scope = new(MostEntropy: 0.4) }));
        Assert.InRange(limited.Runs[0].Abstained, 5, 55);
        Assert.Equal((await QueryAsync(harness, all, request)).RiskCoverage!.Single().Points, (await QueryAsync(harness, limited, request)).RiskCoverage!.Single().Points);
    }

    [Fact]
    public async Task RiskCoverage_ByMargin_OrdersTwoLabelsAsEntropyDoes()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, Samples(90));
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId]));

        var byEntropy = (await QueryAsync(harness, view, new CurvesRequest(ComparedCurve.RiskCoverage, MaxPoints: CompareRequest.AllPoints))).RiskCoverage!.Single();
        var byMargin = (await QueryAsync(harness, view, new CurvesRequest(ComparedCurve.RiskCoverage, new CurveChoice(ByMargin: true), CompareRequest.AllPoints))).RiskCoverage!.Single();

        Assert.Equal(byEntropy.Area!.Value, byMargin.Area!.Value, 1e-9);
        Assert.Equal(Samples(90).Where(sample => sample.Score is not null).Max(sample => Math.Abs(sample.Score!.Value)), byMargin.Points[0].Certainty!.Value, 1e-6);
        Assert.NotEqual(byEntropy.Points[0].Certainty, byMargin.Points[0].Certainty);
    }

    [Fact]
    public async Task Curves_OfASlice_AreOfThatSliceAlone()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var samples = Samples(80);
        var bench = await CompareBench.WithAsync(harness, [.. samples.Select((sample, index) => sample with { Source = index < 50 ? "sms" : "chat" })]);
        var view = await bench.ViewAsync(new CompareRequest([bench.RunId]) { Scope = new SampleScope(Value: "chat") });

        var scores = (await QueryAsync(harness, view, new CurvesRequest(ComparedCurve.Scores))).Scores!.Runs.Single();

        Assert.Equal(samples.Skip(50).Count(sample => sample.Score is not null), scores.Positives.Sum() + scores.Others.Sum());
    }

    [Fact]
    public async Task Curves_OfARunWithOneClassOnly_AreEmptyAndDoNotFail()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await CompareBench.WithAsync(harness, [new(false, 1), new(false, -1), new(false, null)]);
        foreach (var curve in Enum.GetValues<ComparedCurve>())
        {
            var view = await bench.ViewAsync(new CompareRequest([bench.RunId]));
            var curves = await QueryAsync(harness, view, new CurvesRequest(curve));
            if (curve is ComparedCurve.PrecisionRecall or ComparedCurve.Roc or ComparedCurve.Thresholds)
                Assert.Empty(Xs(curves));
            _ = await harness.Get<CurvesQueries>().BandsAsync(view, new CurvesRequest(curve), new ResamplingRequest(50), CancellationToken.None);
        }
    }

    /// <summary>A third spam, scored higher on the whole; every 23rd not to be read.</summary>
    internal static List<BenchSample> Samples(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var score = Math.Round((index % 3 == 0 ? 1.5 : -0.5) + (4 * (random.NextDouble() + random.NextDouble() - 1)), 2) + 0.003; // on no bin's edge
            return new BenchSample(index % 3 == 0, index % 23 == 7 ? null : score);
        })];
    }

    private static Task<ComparedCurves> QueryAsync(WorkbenchHarness harness, CompareView view, CurvesRequest request) => harness.Get<CurvesQueries>().OfAsync(view, request, CancellationToken.None);

    private static async Task<ComparedCurves> CurvesAsync(CompareBench bench, ComparedCurve curve) =>
        await QueryAsync(bench.Harness, await bench.ViewAsync(new CompareRequest([bench.RunId])), new CurvesRequest(curve, MaxPoints: CompareRequest.AllPoints));

    private static async Task<IReadOnlyList<CurveRecordPoint>> ApiAsync(CompareBench bench, CurveKind kind) =>
        (await bench.Harness.Get<CompareQueries>().CurveAsync(bench.RunId, kind, null, null, null, CancellationToken.None)).Points;

    private static List<double> Xs(ComparedCurves curves) =>
    [
        .. curves.PrecisionRecall?.Single().Points.Select(point => point.Recall) ?? [],
        .. curves.Roc?.Single().Points.Select(point => point.FalsePositiveRate) ?? [],
        .. curves.RiskCoverage?.Single().Points.Select(point => point.Coverage) ?? [],
        .. curves.Thresholds?.Single().Points.Select(point => point.Threshold) ?? [],
    ];
}
