using System.Text;
using System.Text.Json;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>Every cell of a confusion matrix opens exactly the samples that it counts.</summary>
public sealed class ConfusionCellTests : IDisposable
{
    private static readonly string[] Labels = ["spam", "ham"];
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableTheory]
    [InlineData("plain", 50)]
    [InlineData("strict", 50)]
    public async Task Cells_OfTheRecordedRun_ListAsManySamplesAsTheMetricsCount(string variant, int tail)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var (experiment, run) = await RecordedAsync(harness, variant);
        var metrics = await harness.Get<CompareQueries>().MetricsAsync(run, new MetricsRequest(), CancellationToken.None);

        for (var truth = 0; truth < 2; truth++)
        {
            for (var predicted = 0; predicted < 2; predicted++)
                Assert.Equal(metrics.Confusion[truth][predicted], await CountAsync(harness, experiment, run, new OutlierCell(Labels[truth], Labels[predicted])));
            Assert.Equal(metrics.ConfusionUnscorable[truth], await CountAsync(harness, experiment, run, new OutlierCell(Labels[truth], Unscorable: true)));
        }

        foreach (var point in new[] { metrics.OperatingPoint!, metrics.Argmax })
            Assert.Equal([point.TruePositives, point.FalseNegatives, point.FalsePositives, point.TrueNegatives], await OutcomesAsync(harness, experiment, run, point.Threshold!.Value));
        var view = await harness.Get<OutliersQueries>().ViewAsync(experiment, new OutliersRequest([run]), CancellationToken.None);
        Assert.Equal((1000, tail), (view.Pool, view.Runs[0].Beyond));
        Assert.Equal(RecordedMessages.Reference(variant).GetProperty("top10ByEntropy").EnumerateArray().Select(index => index.GetInt32()), (await RowsAsync(harness, experiment, new OutliersRequest([run]))).Take(10));
        Assert.Equal(RecordedMessages.Reference(variant).GetProperty("lowest10ByMargin").EnumerateArray().Select(index => index.GetInt32()), (await RowsAsync(harness, experiment, new OutliersRequest([run], OutlierOrder.Margin))).Take(10));
    }

    [Fact]
    public async Task Cells_WithUnscorableAndUnlabelledSamples_KeepThemApart()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, ("one two three four", "spam"), ("five six seven eight", "ham"), ("nine ten eleven twelve", "spam"), ("thirteen and fourteen and", "other"), ("nothing to be read here", "ham"));
        var run = await bench.RunAsync("a", 0.9, 0.8, double.NaN, 0.9, double.NaN);

        Assert.Equal([0], await bench.ListAsync(Cell(new OutlierCell("spam", "spam"))));
        Assert.Equal([1], await bench.ListAsync(Cell(new OutlierCell("ham", "spam"))));
        Assert.Equal([2], await bench.ListAsync(Cell(new OutlierCell("spam", Unscorable: true))));
        Assert.Equal([1], await bench.ListAsync(Cell(new OutlierCell(Positive: "spam", Threshold: 0, Outcome: OutlierOutcome.Flagged))));
        Assert.Empty(await bench.ListAsync(Cell(new OutlierCell(Positive: "spam", Threshold: 0, Outcome: OutlierOutcome.Missed)))); // an unscorable one is neither
        Assert.Equal([1], await bench.ListAsync(Cell(new OutlierCell(Positive: "ham", Threshold: 0, Outcome: OutlierOutcome.Missed))));
        Assert.Empty(await bench.ListAsync(Cell(new OutlierCell("unknown", "spam"))));
        Assert.Equal([0, 1, 3], (await bench.ListAsync(Cell(new OutlierCell(Predicted: "spam")))).Order());
        Assert.Equal([1], await bench.ListAsync(Cell(new OutlierCell(Predicted: "spam")) with { Cut = 0.5 })); // the cut is that of all samples

        OutliersRequest Cell(OutlierCell cell) => new([run], Cell: cell);
    }

    /// <summary>A score that equals the threshold is flagged: predicted positive is s >= t.</summary>
    [Fact]
    public async Task Outcome_AtTheVeryThreshold_IsFlagged()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var bench = await OutlierBench.WithAsync(harness, 2);
        var run = await bench.RunAsync("a", 0.7, 0.7);
        var score = (await harness.ResultsOfAsync(run))[0].Score!.Value;

        Assert.Equal([0], await bench.ListAsync(new OutliersRequest([run], Cell: new OutlierCell(Threshold: score, Outcome: OutlierOutcome.Caught))));
        Assert.Equal([0], await bench.ListAsync(new OutliersRequest([run], Cell: new OutlierCell(Threshold: Math.BitIncrement(score), Outcome: OutlierOutcome.Missed))));
    }

    private static async Task<IReadOnlyList<int>> OutcomesAsync(WorkbenchHarness harness, string experiment, string run, double threshold)
    {
        var counts = new List<int>();
        foreach (var outcome in new[] { OutlierOutcome.Caught, OutlierOutcome.Missed, OutlierOutcome.Flagged, OutlierOutcome.Passed })
            counts.Add(await CountAsync(harness, experiment, run, new OutlierCell(Threshold: threshold, Outcome: outcome)));
        return counts;
    }

    private static async Task<int> CountAsync(WorkbenchHarness harness, string experiment, string run, OutlierCell cell)
    {
        var view = await harness.Get<OutliersQueries>().ViewAsync(experiment, new OutliersRequest([run], Cell: cell), CancellationToken.None);
        Assert.Equal(view.Counts.Cell, view.Listed);
        return view.Listed;
    }

    private static async Task<List<int>> RowsAsync(WorkbenchHarness harness, string experiment, OutliersRequest request) =>
        [.. (await harness.Get<OutliersQueries>().RowsAsync(experiment, request, 0, 20, CancellationToken.None)).Items.Select(row => row.Index)];

    private static async Task<(string Experiment, string Run)> RecordedAsync(WorkbenchHarness harness, string variant)
    {
        var rows = string.Concat(RecordedMessages.Read(variant).Select(message => JsonSerializer.Serialize(new { text = message.Text, label = message.Label }) + "\n"));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), "messages.jsonl", CancellationToken.None);
        var dataset = await harness.Get<DatasetsService>().ImportAsync(staged, null, new ReadingOptions(), CancellationToken.None);
        var experiment = await harness.Experiments.CreateAsync(
            new ExperimentInput("SMS", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])], "spam"), CancellationToken.None);
        using var recorded = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(await File.ReadAllBytesAsync(SharedData.File($"sms-spam/llama3-8b-{variant}.batch.jsonl"))), "output.jsonl", CancellationToken.None);
        return (experiment.Id, (await harness.Get<RunImportService>().ImportAsync(experiment.Id, recorded, variant, null, CancellationToken.None)).Id);
    }
}
