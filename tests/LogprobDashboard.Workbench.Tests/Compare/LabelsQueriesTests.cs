using System.Globalization;
using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Compare;

/// <summary>Three labels a, b and c; each answer names the labels that the model thinks of and how likely.</summary>
public sealed class LabelsQueriesTests : IDisposable
{
    private static readonly (string Truth, (string Label, double Probability)[] Answer)[] Samples =
    [
        ("a", [("a", 0.8), ("b", 0.1), ("c", 0.05)]),
        ("a", [("b", 0.6), ("a", 0.3), ("c", 0.05)]),
        ("a", [("b", 0.9), ("a", 0.05), ("c", 0.02)]),
        ("a", [("b", 0.5), ("a", 0.4), ("c", 0.05)]),
        ("b", [("b", 0.9), ("a", 0.05)]),
        ("b", [("c", 0.7), ("b", 0.2)]),
        ("c", [("c", 0.9), ("a", 0.02), ("b", 0.02)]),
        ("c", [("a", 0.9), ("b", 0.05), ("c", 0.01)]),
    ];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Confusions_OfARun_AreTheMostFrequentWithTheSurestSamples()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (_, view) = await ViewAsync(harness);

        var run = Assert.Single(await harness.Get<ConfusionsQueries>().OfAsync(view, pairs: 2, samples: 2, CancellationToken.None));

        Assert.Equal([("a", "b", 3, 0.75), ("b", "c", 1, 0.5)], run.Pairs.Select(pair => (pair.Label, pair.Predicted, pair.Count, pair.Share))); // c for a is as frequent: in the labels' order
        Assert.Equal([2, 1], run.Pairs[0].Samples.Select(sample => sample.Index)); // 0.9 against 0.05, then 0.6 against 0.3
        Assert.Equal("text 2", run.Pairs[0].Samples[0].Text);
    }

    [Fact]
    public async Task Censoring_OfARun_CountsTheLabelsThatNothingMatched()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (runId, view) = await ViewAsync(harness);

        var run = Assert.Single(await harness.Get<CensoringQueries>().OfAsync(view, CancellationToken.None));

        Assert.Equal((runId, 2, 8), (run.RunId, run.Samples, run.Scored));
        Assert.Equal([("a", 1), ("c", 1)], run.Labels.Select(label => (label.Label, label.Count)).OrderBy(label => label.Label));
        Assert.Equal((0.05 + 0.1) / 2, run.MeanUnseenMass, 1e-12);
        Assert.StartsWith("These log probs were recorded elsewhere", run.Advice[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MicroMean_OfARun_IsOfAllPairs()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (runId, view) = await ViewAsync(harness);
        var micro = view.Runs[0].AllLabels!.Micro!;
        Assert.Equal(3 / 8.0, micro.Recall!.Value, 1e-12);
        Assert.Equal((micro.Recall, micro.Recall), (micro.Precision, micro.F1));
        Assert.Equal((await harness.Get<CompareQueries>().MetricsAsync(runId, new MetricsRequest(), CancellationToken.None)).MicroAveragePrecision, micro.AveragePrecision);
    }

    [Fact]
    public async Task CurvesByLabel_AreTheMicroAverageAndEachLabelAgainstTheRest()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (runId, view) = await ViewAsync(harness);
        var figures = view.Runs[0].AllLabels!;

        var curves = await harness.Get<LabelCurvesQueries>().OfAsync(view, 50, CancellationToken.None);

        Assert.Equal([null, "a", "b", "c"], curves.Select(label => label.Label));
        Assert.Equal([figures.Micro!.AveragePrecision, .. figures.PerLabel.Select(label => label.AveragePrecision)], curves.Select(label => Assert.Single(label.Runs).AveragePrecision));
        var ofB = await harness.Get<CompareQueries>().CurveAsync(runId, CurveKind.Pr, "b", null, null, CancellationToken.None);
        Assert.Equal(ofB.Points.Select(point => (point.Threshold, point.Precision, point.Recall)), curves[2].Runs[0].Points.Select(point => (point.Threshold, (double?)point.Precision, (double?)point.Recall)));
        Assert.Equal((1.0, 8 / 24.0), (curves[0].Runs[0].Points[^1].Recall, curves[0].Runs[0].Points[^1].Precision)); // every pair flagged: one of three is right
    }

    [Fact]
    public async Task Calibration_OfTheirPredictedLabel_HasTheFiguresOfTheRunAndPartsThatAddUp()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (runId, view) = await ViewAsync(harness);
        var expected = await harness.Get<CompareQueries>().MetricsAsync(runId, new MetricsRequest(Resampling: ResamplingRequest.None), CancellationToken.None);

        var found = await harness.Get<CalibrationQueries>().OfAsync(view, new(), CancellationToken.None);

        var run = Assert.Single(found.Runs);
        Assert.True(found.IsTopLabel);
        Assert.Equal([Calibrator.None, Calibrator.Temperature, Calibrator.Batch], run.Figures.Select(figures => figures.Calibrator));
        Assert.Equal((expected.Ece, expected.LogLoss, expected.Accuracy), (run.Figures[0].ExpectedError, run.Figures[0].LogLoss, run.Figures[0].Accuracy));
        Assert.Equal(expected.Brier!.Value, run.Figures[0].Brier!.Value, 1e-12);
        Assert.All(run.Figures, figures => Assert.Equal(figures.Brier!.Value, figures.BrierParts!.Score, 1e-12));
        Assert.Equal(3, run.Of(Calibrator.Batch)!.Fit!.Offsets!.Count);
        Assert.Equal(4, run.Conformal!.Sizes.Count); // none, one, two or all three labels
    }

    [Fact]
    public async Task Calibration_OfOneLabelAlone_IsThatOfTheLabelAgainstTheRest()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (_, view) = await ViewAsync(harness);
        var found = await harness.Get<CalibrationQueries>().OfAsync(view, new(OfLabel: true), CancellationToken.None);
        var own = Assert.Single(found.Runs).Of(Calibrator.None)!;
        double[] ofA = [0.8 / 0.95, 0.3 / 0.95, 0.05 / 0.97, 0.4 / 0.95, 0.05, 0.1, 0.02 / 0.94, 0.9 / 0.96]; // the fifth's c and the sixth's a are censored: what is unseen stands for them
        Assert.False(found.IsTopLabel);
        Assert.Equal(ofA.Select((p, sample) => Square(p - (sample < 4 ? 1 : 0))).Sum() / 8, own.Brier!.Value, 1e-12);
        Assert.Equal(own.Brier.Value, own.BrierParts!.Score, 1e-12);
        Assert.Contains(found.Runs[0].Figures, figures => figures.Calibrator == Calibrator.Platt);

        static double Square(double value) => value * value;
    }

    private static async Task<(string RunId, CompareView View)> ViewAsync(WorkbenchHarness harness)
    {
        var dataset = await harness.ImportAsync("text,label\n" + string.Concat(Samples.Select((sample, index) => $"text {index},{sample.Truth}\n")));
        var experiment = await harness.Experiments.CreateAsync(
            new ExperimentInput("e", dataset.Id, null, [new ExperimentLabel("a"), new ExperimentLabel("b"), new ExperimentLabel("c")], "a"), CancellationToken.None);
        var lines = string.Concat(Samples.Select((sample, index) => $$"""{"index":{{index}},"topLogprobs":[{{string.Join(',', sample.Answer.Select(Token))}}]}""" + "\n"));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "run.jsonl", CancellationToken.None);
        var run = await harness.Get<RunImportService>().ImportAsync(experiment.Id, staged, "recorded", "m", CancellationToken.None);
        return (run.Id, await harness.Get<CompareQueries>().ViewAsync(experiment.Id, new([]), CancellationToken.None));

        static string Token((string Label, double Probability) token) => $$"""{"token":"{{token.Label}}","logprob":{{Math.Log(token.Probability).ToString("R", CultureInfo.InvariantCulture)}} }""";
    }
}
