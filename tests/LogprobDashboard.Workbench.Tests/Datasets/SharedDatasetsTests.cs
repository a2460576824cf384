using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>Real files with real faults.</summary>
public sealed class SharedDatasetsTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SkippableFact]
    public async Task Import_SmsCollectionWithoutHeader_TakesQuotesAsTheyStand()
    {
        var dataset = await _bench.ImportFileAsync(SharedData.File("datasets/sms_spam_collection.tsv"));

        Assert.Equal((5_574, "tsv", "utf-8", "\t", "none", false), (dataset.RowCount, dataset.Format, dataset.Encoding, dataset.Delimiter, dataset.Quoting, dataset.HasHeader));
        Assert.Equal(["column1", "column2"], dataset.Columns);
        Assert.Equal(("column2", "column1"), (dataset.TextColumn, dataset.LabelColumn));
        Assert.Equal([new LabelCount("ham", 4_827), new LabelCount("spam", 747)], dataset.Labels);
        Assert.Equal(403, dataset.Warnings.Single(warning => warning.Code == "duplicateText").Count);
        Assert.Contains(dataset.Warnings, warning => warning.Code == "controlCharacters");
        Assert.Equal(File.ReadLines(SharedData.File("datasets/sms_spam_collection.tsv")).Select(line => line.Split('\t')[1]), (await _bench.SamplesAsync(dataset)).Select(sample => sample.Text));
    }

    [SkippableFact]
    public async Task Import_SmsCollectionWithPromisedHeader_Refuses()
    {
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => _bench.ImportFileAsync(SharedData.File("datasets/sms_spam_collection.tsv"), new ReadingOptions { HasHeader = true }));

        Assert.Contains("header was promised", refusal.Title, StringComparison.Ordinal);
        _bench.AssertNothingLeft();
    }

    [SkippableFact]
    public async Task Import_SmsFromKaggle_ReadsWindows1252AndKeepsLineEndsInQuotes()
    {
        var dataset = await _bench.ImportFileAsync(SharedData.File("datasets/sms_spam_kaggle_latin1.csv"));

        Assert.Equal((5_572, "csv", "windows-1252", ",", "csv", true), (dataset.RowCount, dataset.Format, dataset.Encoding, dataset.Delimiter, dataset.Quoting, dataset.HasHeader));
        Assert.Equal(["v1", "v2", "column3", "column4", "column5"], dataset.Columns);
        Assert.Equal(("v2", "v1"), (dataset.TextColumn, dataset.LabelColumn));
        Assert.Equal([new LabelCount("ham", 4_825), new LabelCount("spam", 747)], dataset.Labels);
        Assert.Contains(dataset.Warnings, warning => warning.Code == "encodingAssumed");
        Assert.Equal(2, (await _bench.SamplesAsync(dataset)).Count(sample => (sample.Text + string.Concat(sample.Metadata.Values)).AsSpan().ContainsAny('\r', '\n')));
    }

    [SkippableTheory]
    [InlineData("telegram_spam_ru.csv", 16_502, "message", "label", 2)]
    [InlineData("telegram_tgspam_samples.csv", 620, "text", "text_type", 2)]
    [InlineData("language_id_lingua_20.csv", 19_141, "text", "labels", 20)]
    public async Task Import_SharedCsv_FindsRowsAndColumns(string file, int rows, string text, string label, int labels)
    {
        var dataset = await _bench.ImportFileAsync(SharedData.File("datasets/" + file));

        Assert.Equal((rows, "csv", "utf-8", "csv", true), (dataset.RowCount, dataset.Format, dataset.Encoding, dataset.Quoting, dataset.HasHeader));
        Assert.Equal((text, label, labels), (dataset.TextColumn, dataset.LabelColumn, dataset.Labels.Count));
        Assert.Equal(rows, dataset.Labels.Sum(entry => entry.Count));
        Assert.DoesNotContain(dataset.Warnings, warning => warning.Code is "tooFewCells" or "tooManyCells" or "emptyText");
    }

    [SkippableFact]
    public async Task Import_RecordedRun_KeepsNestedValuesAsMetadata()
    {
        var dataset = await _bench.ImportFileAsync(SharedData.File("sms-spam/llama3-8b-plain.jsonl"));

        Assert.Equal((1_000, "jsonl", "text", "label"), (dataset.RowCount, dataset.Format, dataset.TextColumn, dataset.LabelColumn));
        var sample = (await _bench.SamplesAsync(dataset))[0];
        Assert.Equal(10, Assert.IsType<List<object?>>(sample.Metadata["top"]).Count);
    }
}
