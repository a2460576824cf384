using System.Globalization;
using System.Text;
using CsCheck;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests.Runs;

public sealed class RunColumnsTests : IDisposable
{
    /// <summary>More than one part.</summary>
    private const int Samples = 10_000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Columns_OfARunThatEnded_AreKeptAndSayWhatItsResultsSay()
    {
        var run = await ImportAsync();
        RunScores ofColumns;
        List<(int Count, RunRevision Revision, int Length)> kept;
        await using (var harness = await WorkbenchHarness.StartAsync(_directory))
        {
            ofColumns = await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None);
            kept = await PartsAsync(harness, run);
            await ExecuteAsync(harness, """DELETE FROM "RunColumns" """);
        }

        await using var second = await WorkbenchHarness.StartAsync(_directory);
        AssertSame(await second.Get<RunScoresCache>().GetAsync(run, CancellationToken.None), ofColumns);
        Assert.Equal([8192, Samples - 8192], kept.Select(part => part.Count));
        Assert.Contains(ResultStatus.Failed, ofColumns.Status);
        Assert.Contains(ResultStatus.Unscorable, ofColumns.Status);
        Assert.Contains(Enumerable.Range(0, Samples), ofColumns.IsCensored);
    }

    /// <summary>A result that is changed behind the product's back shows which of both was read.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("""DELETE FROM "RunColumns" WHERE "Part" = 1""", true)]
    [InlineData("""DELETE FROM "RunColumns" WHERE "Part" = 0""", true)]
    [InlineData("""UPDATE "RunColumns" SET "Columns" = x'00' WHERE "Part" = 0""", true)]
    [InlineData("""UPDATE "RunColumns" SET "Columns" = substr("Columns", 1, length("Columns") - 1) WHERE "Part" = 1""", true)]
    [InlineData("""UPDATE "RunColumns" SET "Count" = -1 WHERE "Part" = 1""", true)]
    [InlineData("""UPDATE "Runs" SET "ResultsRevision" = "ResultsRevision" + 1""", true)]
    [InlineData("""UPDATE "Experiments" SET "LabelRevision" = "LabelRevision" + 1""", true)]
    public async Task Columns_ThatAreNotOfTheseResults_AreNotReadAndKeptAnew(string change, bool readsResults)
    {
        var run = await ImportAsync();
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        await ExecuteAsync(harness, """UPDATE "Results" SET "Entropy" = 0.123 WHERE "SampleIndex" = 9999""");
        if (change.Length > 0)
            await ExecuteAsync(harness, change);

        var scores = await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None);

        Assert.Equal(readsResults, scores.Entropy[9999] == 0.123);
        if (readsResults)
            await WhenKeptAsync(harness, run, scores.Revision);
    }

    [Fact]
    public async Task Columns_OfARunWhoseLabelWordsChanged_AreThoseOfTheNewReading()
    {
        var run = await ImportAsync();
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var before = await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None);
        var experiment = (await harness.Get<ExperimentsQueries>().ListAsync(null, 10, CancellationToken.None)).Items[0];
        await harness.Experiments.ChangeAsync(experiment.Id, new ExperimentChange(Labels: [new ExperimentLabel("spam", ["No"]), new ExperimentLabel("ham", ["Yes"])]), CancellationToken.None);

        var after = await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None);

        Assert.Equal(before.Score(0, 0), -after.Score(0, 0), 1e-12);
        await WhenKeptAsync(harness, run, after.Revision);
        await harness.Runs.DeleteAsync(Ids.Format(run), CancellationToken.None);
        Assert.Empty(await PartsAsync(harness, run));
    }

    [Fact]
    public async Task Columns_OfAFewResults_AreNotKept()
    {
        var run = await ImportAsync(KeptColumns.FewestResults - 1, wait: false);
        var large = await ImportAsync(KeptColumns.FewestResults);
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        await ExecuteAsync(harness, """DELETE FROM "RunColumns" """);

        await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None);
        await WhenKeptAsync(harness, large, (await harness.Get<RunScoresCache>().GetAsync(large, CancellationToken.None)).Revision); // one after the other

        Assert.Empty(await PartsAsync(harness, run));
    }

    [Fact]
    public void Codec_AnyResults_ReadsWhatItWrote() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 50], Gen.Int[0, 20], Gen.Int).Sample((labels, count, start, seed) =>
        {
            var names = Enumerable.Range(0, labels).Select(label => $"label {label}").ToList();
            var (written, read) = (new RunScores(start + count, names), new RunScores(start + count, names));
            var random = new Random(seed);
            for (var row = 0; row < written.Count; row++)
                Fill(written, row, random);

            ColumnsCodec.Decode(ColumnsCodec.Encode(written, start, count), read, start, count);
            ColumnsCodec.Decode(ColumnsCodec.Encode(written, 0, start + 1), read, 0, start + 1);
            AssertSame(written, read);
        });

    private static void Fill(RunScores scores, int row, Random random)
    {
        (scores.SampleIndex[row], scores.Predicted[row], scores.Status[row]) = (random.Next(), random.Next(-1, scores.Labels.Count), (ResultStatus)random.Next(3));
        foreach (var numbers in scores.Numbers)
            numbers[row] = random.Next(5) == 0 ? double.NaN : random.NextDouble();
        var masses = new byte[scores.Labels.Count * sizeof(double)];
        for (var label = 0; label < scores.Labels.Count; label++)
            MassColumn.Write(masses, label, random.NextDouble(), random.Next(2) == 0);
        scores.SetMasses(row, masses);
    }

    private static void AssertSame(RunScores expected, RunScores actual)
    {
        Assert.Equal(expected.SampleIndex, actual.SampleIndex);
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Predicted, actual.Predicted);
        Assert.Equal(expected.TrueLabel, actual.TrueLabel);
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Numbers, actual.Numbers);
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.Equal(expected.Masses(row).ToArray(), actual.Masses(row).ToArray());
            Assert.Equal(expected.Censored(row).ToArray(), actual.Censored(row).ToArray());
        }
    }

    /// <summary>A recorded run with each kind of result, in a process that ended once its columns were kept.</summary>
    private async Task<long> ImportAsync(int samples = Samples, bool wait = true)
    {
        await using var harness = await WorkbenchHarness.StartAsync(_directory);
        var dataset = await harness.ImportRowsAsync(samples);
        var experiment = await harness.Experiments.CreateAsync(new ExperimentInput($"e {samples}", dataset.Id, null, [new ExperimentLabel("spam", ["Yes"]), new ExperimentLabel("ham", ["No"])]), CancellationToken.None);
        var lines = string.Concat(Enumerable.Range(0, samples).Select(index => (index % 7) switch
        {
            5 => $$"""{"index":{{index}},"topLogprobs":[{"token":"Yes","logprob":-0.4}]}""", // the other label is censored
            6 => $$"""{"index":{{index}},"topLogprobs":[{"token":"Maybe","logprob":-0.4}]}""", // unscorable
            4 => $$"""{"custom_id":"row-{{index}}","response":null,"error":{"message":"expired"} }""",
            _ => string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{index}},"topLogprobs":[{"token":"Yes","logprob":{{-0.1 - (index * 1e-5)}}},{"token":"No","logprob":-2.4}]}"""),
        } + "\n"));
        using var staged = await harness.Get<UploadStaging>().StageAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "recorded.jsonl", CancellationToken.None);
        var run = Ids.Parse((await harness.Get<RunImportService>().ImportAsync(experiment.Id, staged, null, null, CancellationToken.None)).Id, "run");
        if (wait)
            await WhenKeptAsync(harness, run, (await harness.Get<RunScoresCache>().GetAsync(run, CancellationToken.None)).Revision);
        return run;
    }

    private static async Task WhenKeptAsync(WorkbenchHarness harness, long run, RunRevision revision)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var tries = 0; tries < 6000 && await timer.WaitForNextTickAsync(); tries++)
        {
            var parts = await PartsAsync(harness, run);
            var total = (await harness.RunsQueries.GetAsync(Ids.Format(run), CancellationToken.None)).Total;
            if (parts.All(part => part.Revision == revision && part.Length > 1) && parts.Sum(part => part.Count) == total)
                return;
        }

        throw new TimeoutException($"The columns of run {run} were not kept.");
    }

    private static async Task<List<(int Count, RunRevision Revision, int Length)>> PartsAsync(WorkbenchHarness harness, long run)
    {
        await using var db = await harness.Get<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync();
        var parts = await db.Set<RunColumns>().Where(part => part.RunId == run).OrderBy(part => part.Part).AsNoTracking().ToListAsync();
        return parts.ConvertAll(part => (part.Count, new RunRevision(part.ResultsRevision, part.LabelRevision), part.Columns.Length));
    }

    private static async Task ExecuteAsync(WorkbenchHarness harness, string sql)
    {
        await using var db = await harness.Get<IDbContextFactory<WorkbenchDb>>().CreateDbContextAsync();
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql) > 0);
    }
}
