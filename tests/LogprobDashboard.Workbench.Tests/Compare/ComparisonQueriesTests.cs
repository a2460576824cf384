using System.Globalization;
using System.Text;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Tests.Compare;

public sealed class ComparisonQueriesTests : IDisposable
{
    private const int Samples = 60;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>The same resampling done in numpy with scikit-learn's figures and another random stream: 2,000 resamples, texts that repeat drawn together.</summary>
    [SkippableFact]
    public async Task RecordedRuns_StrictAgainstPlain_IsWorseByWhatNumpyFinds()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var messages = RecordedMessages.Read("plain");
        var csv = "text,label\n" + string.Concat(messages.Select(message => $"\"{message.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{message.Label}\n"));
        var experiment = await ExperimentAsync(harness, csv);
        var plain = await ImportAsync(harness, experiment, "plain", await File.ReadAllTextAsync(SharedData.File("sms-spam/llama3-8b-plain.batch.jsonl")));
        var strict = await ImportAsync(harness, experiment, "strict", await File.ReadAllTextAsync(SharedData.File("sms-spam/llama3-8b-strict.batch.jsonl")));

        var compared = await CompareAsync(harness, experiment, new(new([plain, strict]), plain));

        var first = compared.Runs[0].Metrics;
        Assert.Equal(978, first.Intervals!.Groups);
        AssertNear(0.88875, first.AveragePrecision.Low);
        AssertNear(0.95536, first.AveragePrecision.High);
        AssertNear(0.95508, first.RocAuc.Low);
        AssertNear(0.98771, first.RocAuc.High);
        var against = compared.Runs[1].AgainstBaseline!;
        Assert.Equal(0.745160926305193 - 0.9289558836877875, against.AveragePrecision!.Difference, 1e-9);
        AssertNear(-0.25526, against.AveragePrecision.Low);
        AssertNear(-0.11199, against.AveragePrecision.High);
        Assert.Equal(2.0 / 1001, against.AveragePrecision.PValue, 1e-12);
        Assert.Equal((Verdict.Worse, null, 1000), (against.Verdict, against.SamplesToTell, against.Samples));
        Assert.StartsWith("“strict” ranks worse than “plain”: average precision −0.184 (−0.2", compared.Verdict, StringComparison.Ordinal);
        Assert.Null(compared.Runs[0].AgainstBaseline);
    }

    [Fact]
    public async Task Runs_OfWhichSomeSamplesFailedOrCannotBeScored_AreComparedOnWhatBothHave()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, Csv(repeatedTexts: true));
        var baseline = await ImportAsync(harness, experiment, "baseline", Lines(i => i is 3 or 4 ? Failed(i) : i is 5 or 6 ? Unscorable(i) : Scored(i, i * 7 % 11)));
        var better = await ImportAsync(harness, experiment, "better", Lines(i => i is 4 or 7 ? Failed(i) : i is 8 ? Unscorable(i) : Scored(i, IsSpam(i) ? 6 + (i % 5) : i % 9)));
        var alike = await ImportAsync(harness, experiment, "alike", Lines(i => Scored(i, i * 7 % 11)));

        var compared = await CompareAsync(harness, experiment, new(new([baseline, better, alike]), baseline));

        var (first, second) = (compared.Runs[1].AgainstBaseline!, compared.Runs[2].AgainstBaseline!);
        Assert.Equal((Samples - 3, Samples - 6), (first.Samples, first.ScoredByBoth.Samples));
        Assert.Equal((Samples - 2, Samples - 4), (second.Samples, second.ScoredByBoth.Samples));
        Assert.Equal(Samples / 2, compared.Runs[2].Metrics.Intervals!.Groups); // every text stands twice
        Assert.Equal((Verdict.Better, Verdict.NotDistinguishable), (first.Verdict, second.Verdict));
        Assert.Equal(0, second.ScoredByBoth.AveragePrecision!.Difference, 1e-12); // where both scored they are the same run
        var smaller = Math.Min(first.AveragePrecision!.PValue, second.AveragePrecision!.PValue);
        Assert.Equal(Math.Min(1, 2 * smaller), new[] { first.CorrectedPValue, second.CorrectedPValue }.Min()!.Value, 1e-12); // Holm, of two
        Assert.EndsWith("The p-values are corrected for 2 comparisons (Holm).", compared.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_Given_DecidesTheResamplesAndNothingElse()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, Csv(repeatedTexts: false));
        var one = await ImportAsync(harness, experiment, "one", Lines(i => Scored(i, i * 7 % 11)));
        var two = await ImportAsync(harness, experiment, "two", Lines(i => Scored(i, (i * 5 % 13) + (IsSpam(i) ? 2 : 0))));
        Task<RunComparison> OfSeed(long seed) => CompareAsync(harness, experiment, new(new([one, two]), one, new(200, seed)));

        var (first, again, other) = (await OfSeed(1), await OfSeed(1), await OfSeed(2));

        Assert.Equal(first.Runs[1].AgainstBaseline, again.Runs[1].AgainstBaseline);
        Assert.Equal(first.Runs[1].Metrics.Intervals, again.Runs[1].Metrics.Intervals);
        Assert.NotEqual(first.Runs[1].AgainstBaseline!.AveragePrecision!.Low, other.Runs[1].AgainstBaseline!.AveragePrecision!.Low);
        Assert.Equal(first.Runs[1].AgainstBaseline!.AveragePrecision!.Difference, other.Runs[1].AgainstBaseline!.AveragePrecision!.Difference);
        var none = await CompareAsync(harness, experiment, new(new([one, two]), one, ResamplingRequest.None));
        Assert.Null(none.Runs[1].Metrics.Intervals);
        Assert.Null(none.Runs[1].AgainstBaseline!.AveragePrecision);
        Assert.NotNull(none.Runs[1].AgainstBaseline!.McNemar); // needs no resample
    }

    [Fact]
    public async Task McNemar_CountsSamplesThatOneRunAloneGetsRightAtItsOperatingPoint()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, Csv(repeatedTexts: false));
        var right = await ImportAsync(harness, experiment, "right", Lines(i => Scored(i, IsSpam(i) ? 3 : -3)));
        var half = await ImportAsync(harness, experiment, "half", Lines(i => Scored(i, IsSpam(i) == i % 4 < 3 ? 3 : -3)));

        var test = (await CompareAsync(harness, experiment, new(new([right, half], Threshold: 0), right))).Runs[1].AgainstBaseline!.McNemar!;

        Assert.Equal((Samples / 4, 0), (test.BaselineOnly, test.RunOnly));
        Assert.Equal(2 * Math.Pow(2, -Samples / 4), test.PValue, 1e-15);
    }

    [Fact]
    public async Task Baseline_ThatIsNoneOfTheRuns_IsRefused()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, Csv(repeatedTexts: false));
        var run = await ImportAsync(harness, experiment, "one", Lines(i => Scored(i, i)));

        Assert.Contains("baseline", (await Assert.ThrowsAsync<UserErrorException>(() => CompareAsync(harness, experiment, new(new([run]), "99")))).Errors.Keys);
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => CompareAsync(harness, experiment, new(new(["99"]))))).Kind);
        Assert.Contains("positive", (await Assert.ThrowsAsync<UserErrorException>(() => CompareAsync(harness, experiment, new(new([run], Positive: "nonsense"))))).Errors.Keys);
    }

    [Fact]
    public async Task View_OfAPage_GetsTheSameIntervalsAndDifferencesAsTheApi()
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var experiment = await ExperimentAsync(harness, Csv(repeatedTexts: false));
        var one = await ImportAsync(harness, experiment, "one", Lines(i => Scored(i, i * 7 % 11)));
        var two = await ImportAsync(harness, experiment, "two", Lines(i => Scored(i, (i * 5 % 13) + (IsSpam(i) ? 2 : 0))));
        var view = await harness.Get<CompareQueries>().ViewAsync(experiment.Id, new CompareRequest([one, two]), CancellationToken.None);
        Assert.True(ComparisonQueries.IsCheap(view, new()));

        var page = await harness.Get<ComparisonQueries>().UncertaintyAsync(view, baseline: null, new(), CancellationToken.None);
        var api = await CompareAsync(harness, experiment, new(new([one, two]), one));

        Assert.Equal(one, page.BaselineId);
        Assert.Equal(api.Runs[1].AgainstBaseline, page.Runs[1].AgainstBaseline);
        Assert.Equal(api.Runs[0].Metrics.Intervals, page.Runs[0].Intervals! with { F1 = api.Runs[0].Metrics.Intervals!.F1 }); // that of F1 is left to the API
        Assert.Equal(api.Verdict, page.Runs[1].Sentence);
        Assert.Equal(two, (await harness.Get<ComparisonQueries>().UncertaintyAsync(view, two, new(), CancellationToken.None)).BaselineId);
    }

    [Fact]
    public async Task Decision_OfARule_HoldsAllThatProductionNeeds()
    {
        await using var server = await ScriptedServer.StartAsync(request => request.Prompt[^1] % 2 == 0 ? ScriptedServer.Completion(("Yes", -0.1), ("No", -2.4)) : ScriptedServer.Completion(("No", -0.3), ("Yes", -1.5)));
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportAsync(Csv(repeatedTexts: false));
        var experiment = await harness.AddExperimentAsync(dataset, await harness.AddEndpointAsync(server.BaseUrl));
        var run = await harness.RunAsync(experiment);

        var decision = await harness.Get<DecisionQueries>().OfAsync(run.Id, new MetricsRequest("spam", Rule: "recall:0.9"), null, CancellationToken.None);

        Assert.Equal(("recall:0.9", "spam", run.Model), (decision.Rule, decision.PositiveLabel, decision.Model.Model));
        Assert.Equal(2.3, decision.ThresholdLogOdds!.Value, 1e-9); // every even text, and so every spam, has it
        Assert.Equal(1 / (1 + Math.Exp(-2.3)), decision.ThresholdProbability!.Value, 1e-9);
        Assert.Equal((1, 1), (decision.Expected.Precision.Value, decision.Expected.Recall.Value));
        Assert.InRange(decision.Expected.Precision.Interval!.Low, 0.8, 0.95);
        Assert.Equal((5, 1, 1), (decision.CrossValidated!.Folds, decision.CrossValidated.Precision, decision.CrossValidated.Recall));
        Assert.Equal((dataset.ContentHash, Samples, Samples / 2), (decision.Evidence.ContentHash, decision.Evidence.Samples, decision.Evidence.Positives));
        Assert.Contains("{{ text }}", decision.Prompt!.User, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", System.Text.Json.JsonSerializer.Serialize(decision), StringComparison.Ordinal);
    }

    private static void AssertNear(double expected, double? actual) => Assert.InRange(actual!.Value, expected - 0.008, expected + 0.008);

    private static bool IsSpam(int index) => index % 2 == 0;

    private static string Csv(bool repeatedTexts)
    {
        var rows = Enumerable.Range(0, Samples).Select(i => $"text {(repeatedTexts ? i / 2 : i).ToString(CultureInfo.InvariantCulture)},{(IsSpam(i) ? "spam" : "ham")}");
        return "text,label\n" + string.Join('\n', rows) + "\n";
    }

    private static string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(0, Samples).Select(line));

    /// <summary>Log odds of spam.</summary>
    private static string Scored(int index, double score) =>
        $$"""{"index":{{index}},"topLogprobs":[{"token":"Yes","logprob":{{LogProbability(score)}} },{"token":"No","logprob":{{LogProbability(-score)}} }]}""";

    private static string LogProbability(double score) => (-Math.Log(1 + Math.Exp(-score))).ToString("R", CultureInfo.InvariantCulture);

    private static string Unscorable(int index) => $$"""{"index":{{index}},"topLogprobs":[{"token":"Maybe","logprob":-0.1}]}""";

    private static string Failed(int index) => $$"""{"index":{{index}},"response":null,"error":{"message":"expired"} }""";

    private static Task<RunComparison> CompareAsync(WorkbenchHarness harness, ExperimentRecord experiment, ComparisonRequest request) =>
        harness.Get<ComparisonQueries>().CompareAsync(experiment.Id, request, CancellationToken.None);

    private static async Task<ExperimentRecord> ExperimentAsync(WorkbenchHarness harness, string csv)
    {
        var dataset = await harness.ImportAsync(csv);
        return await harness.Experiments.CreateAsync(new ExperimentInput("e", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])], "spam"), CancellationToken.None);
    }

    private static async Task<string> ImportAsync(WorkbenchHarness harness, ExperimentRecord experiment, string name, string lines)
    {
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "recorded.jsonl", CancellationToken.None);
        return (await harness.Get<RunImportService>().ImportAsync(experiment.Id, staged, name, null, CancellationToken.None)).Id;
    }
}
