using System.Globalization;
using System.Text;
using System.Text.Json;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Compare;

/// <summary>A sample to compare on. <paramref name="Channel"/> becomes a metadata column; a null <paramref name="Score"/> (log odds of spam) is an answer that is no label.</summary>
internal sealed record BenchSample(bool IsSpam, double? Score, string Source = "sms", object? Channel = null);

/// <summary>An experiment with labels spam = Yes and ham = No, one run, and the samples that it was made of.</summary>
internal sealed class CompareBench
{
    private CompareBench(WorkbenchHarness harness, ExperimentRecord experiment, string runId) => (Harness, Experiment, RunId) = (harness, experiment, runId);

    public WorkbenchHarness Harness { get; }

    public ExperimentRecord Experiment { get; }

    public string RunId { get; }

    public static async Task<CompareBench> WithAsync(WorkbenchHarness harness, IReadOnlyList<BenchSample> samples)
    {
        var rows = string.Concat(samples.Select((sample, index) => JsonSerializer.Serialize(new { text = $"message {index}", label = sample.IsSpam ? "spam" : "ham", source = sample.Source, channel = sample.Channel }) + "\n"));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), "rows.jsonl", CancellationToken.None);
        var dataset = await harness.Get<DatasetsService>().ImportAsync(staged, null, new ReadingOptions(), CancellationToken.None);
        var experiment = await harness.Experiments.CreateAsync(
            new ExperimentInput("e", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])], "spam"), CancellationToken.None);
        using var run = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(samples.Select(Line)))), "run.jsonl", CancellationToken.None);
        return new CompareBench(harness, experiment, (await harness.Get<RunImportService>().ImportAsync(experiment.Id, run, "recorded", "m", CancellationToken.None)).Id);
    }

    public async Task<CompareView> ViewAsync(CompareRequest request) => await Harness.Get<CompareQueries>().ViewAsync(Experiment.Id, request, CancellationToken.None);

    private static string Line(BenchSample sample, int index) => sample.Score is { } score
        ? $$"""{"index":{{index}},"topLogprobs":[{"token":"Yes","logprob":{{LogProbability(score)}} },{"token":"No","logprob":{{LogProbability(-score)}} }]}""" + "\n"
        : $$"""{"index":{{index}},"topLogprobs":[{"token":"Maybe","logprob":-0.1}]}""" + "\n";

    private static string LogProbability(double score) => (-Math.Log(1 + Math.Exp(-score))).ToString("R", CultureInfo.InvariantCulture);
}
