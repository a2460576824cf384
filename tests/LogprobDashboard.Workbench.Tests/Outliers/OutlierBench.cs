using System.Globalization;
using System.Text;
using System.Text.Json;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Outliers;

/// <summary>An experiment with labels spam = Yes and ham = No, whose runs are imported with the probabilities that a test wants.</summary>
internal sealed class OutlierBench(WorkbenchHarness harness, ExperimentRecord experiment)
{
    public string ExperimentId => experiment.Id;

    public OutliersQueries Queries => harness.Get<OutliersQueries>();

    public static async Task<OutlierBench> WithAsync(WorkbenchHarness harness, params (string Text, string Label)[] samples)
    {
        var rows = string.Concat(samples.Select((sample, index) => JsonSerializer.Serialize(new { text = sample.Text, label = sample.Label, source = index % 2 == 0 ? "sms" : "chat" }) + "\n"));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), "rows.jsonl", CancellationToken.None);
        var dataset = await harness.Get<DatasetsService>().ImportAsync(staged, null, new ReadingOptions(), CancellationToken.None);
        return new OutlierBench(harness, await harness.Experiments.CreateAsync(
            new ExperimentInput("e", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])], "spam"), CancellationToken.None));
    }

    /// <summary>As many samples as there are probabilities; their texts are long enough to be no reason for anything.</summary>
    public static Task<OutlierBench> WithAsync(WorkbenchHarness harness, int count) =>
        WithAsync(harness, [.. Enumerable.Range(0, count).Select(index => (FormattableString.Invariant($"an ordinary message with number {index}"), index % 3 == 0 ? "spam" : "ham"))]);

    /// <summary>One number a sample: the probability of spam. NaN: an answer that is no label. Null: no line, the sample is not part of the run.</summary>
    public async Task<string> RunAsync(string name, params IEnumerable<double?> spam)
    {
        var lines = string.Concat(spam.Select((probability, index) => probability is { } p ? Line(index, p) : ""));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "run.jsonl", CancellationToken.None);
        return (await harness.Get<RunImportService>().ImportAsync(experiment.Id, staged, name, "m", CancellationToken.None)).Id;
    }

    public Task<OutliersView> ViewAsync(OutliersRequest request) => Queries.ViewAsync(experiment.Id, request, CancellationToken.None);

    public async Task<IReadOnlyList<int>> ListAsync(OutliersRequest request)
    {
        var rows = new List<int>();
        await foreach (var row in Queries.AllRowsAsync(experiment.Id, request, CancellationToken.None))
            rows.Add(row.Index);
        return rows;
    }

    private static string Line(int index, double probability) => double.IsNaN(probability)
        ? FormattableString.Invariant($$"""{"index":{{index}},"topLogprobs":[{"token":"Perhaps","logprob":-0.1}]}""") + "\n"
        : $$"""{"index":{{index.ToString(CultureInfo.InvariantCulture)}},"topLogprobs":[{"token":"Yes","logprob":{{Log(probability)}}},{"token":"No","logprob":{{Log(1 - probability)}}}]}""" + "\n";

    private static string Log(double probability) => Math.Log(probability).ToString("R", CultureInfo.InvariantCulture);
}
