using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class ReadingPreviewsTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Preview_OfAMistakeInRow17_ShowsThatRowCellByCell()
    {
        var rows = Enumerable.Range(1, 60).Select(row => row == 17 ? "Printer, again, on fire,Hardware" : $"Ticket number {row},{(row % 2 == 0 ? "Billing" : "Hardware")}");
        var preview = await PreviewAsync("Ticket Subject,Queue\n" + string.Join('\n', rows) + "\n", new ReadingOptions { TextColumn = "Ticket Subject", LabelColumn = "Queue" });

        Assert.Null(preview.Problem);
        Assert.Equal((60, 60, 20), (preview.RowsRead, preview.RowCount, preview.FirstRows.Count));
        var warning = preview.Warnings.Single(warning => warning.Code == "tooManyCells");
        Assert.Equal(("tooManyCells", 17, 1), (warning.Code, warning.Row, warning.Count));
        var noted = Assert.Single(preview.NotedRows);
        Assert.Equal(17, noted.Row);
        Assert.Equal(["Printer", " again", " on fire", "Hardware"], noted.Cells);
        Assert.Equal(noted.Cells, preview.FirstRows[16].Cells);
        Assert.Equal([new LabelCount("Billing", 30), new LabelCount("Hardware", 29), new LabelCount("again", 1)], preview.Labels);
    }

    [Fact]
    public async Task Preview_OfAFile_SaysWhatItsImportThenSays()
    {
        const string Text = "text,label,source\nhello there,ham,a\n,ham,b\nhello there,,a\nshort\n\u0001odd one,spam,b\n";
        var upload = await _bench.UploadAsync(Text);

        var preview = await _bench.PreviewAsync(upload);
        var dataset = await _bench.ImportAsync(Text);

        Assert.Equal(dataset.RowCount, preview.RowCount);
        Assert.Equal(5, preview.RowsRead);
        Assert.Equal(dataset.Labels, preview.Labels);
        Assert.Equal(dataset.Sources, preview.Sources);
        Assert.Equal(dataset.Warnings.Select(warning => warning.Message), preview.Warnings.Select(warning => warning.Message));
        Assert.Equal([2, 3, 4, 5], preview.NotedRows.Select(row => row.Row));
        Assert.Equal(["short"], preview.NotedRows[2].Cells);
    }

    [Fact]
    public async Task Preview_WithAColumnThatIsNotThere_ShowsTheTableAndTheFieldAtFault()
    {
        var preview = await PreviewAsync("text,label\nhello there,ham\n", new ReadingOptions { LabelColumn = "Queue" });

        Assert.Equal(["labelColumn"], preview.Problem!.Errors.Keys);
        Assert.Equal(["text", "label"], preview.Columns);
        Assert.Equal(["hello there", "ham"], Assert.Single(preview.FirstRows).Cells);
        Assert.Null(preview.TextColumn);
    }

    [Fact]
    public async Task Preview_OfAFileWithoutText_ShowsItsColumnsToChooseFrom()
    {
        var preview = await PreviewAsync("a,b\n1,2\n3,4\n");

        Assert.Contains("textColumn", preview.Problem!.Errors.Keys);
        Assert.Equal(["a", "b"], preview.Columns);
    }

    [Fact]
    public async Task Preview_WithATextColumnThatIsEmpty_IsRefusedAtThatField()
    {
        var preview = await PreviewAsync("text,label,notes\nhello there,ham,\nbye,spam,\n", new ReadingOptions { TextColumn = "notes" });

        Assert.Equal(["textColumn"], preview.Problem!.Errors.Keys);
        Assert.Equal((0, 2), (preview.RowCount, preview.RowsRead));
    }

    [Fact]
    public async Task Preview_OfALineFarDownThatIsBroken_ShowsTheRowsBeforeIt()
    {
        var preview = await PreviewAsync(string.Concat(Enumerable.Range(1, 3_000).Select(line => line == 2_500 ? "{]\n" : $$"""{"text": "hello {{line}}"}""" + "\n")));

        Assert.Contains("Line 2500", preview.Problem!.Title, StringComparison.Ordinal);
        Assert.Equal((2_499, 20), (preview.RowCount, preview.FirstRows.Count));
    }

    [Fact]
    public async Task Preview_OfBrokenJson_NamesTheLineAndShowsHowItBegins()
    {
        var lines = Enumerable.Range(1, 30).Select(line => line == 17 ? "{\"text\": \"hello, \"label\": \"ham\"}" : $$"""{"text": "hello {{line}}", "label": "ham"}""");
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => PreviewAsync(string.Join('\n', lines)));

        Assert.Contains("Line 17", refusal.Title, StringComparison.Ordinal);
        Assert.Contains("{\"text\": \"hello, \"label\"", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfManyFaultyRows_KeepsTheFirstFiveOfEachKind()
    {
        var preview = await PreviewAsync("text,label\n" + string.Concat(Enumerable.Range(0, 500).Select(row => $"message {row}\n")));

        Assert.Equal([1, 2, 3, 4, 5], preview.NotedRows.Select(row => row.Row));
        Assert.Equal(500, preview.Warnings.Single(warning => warning.Code == "tooFewCells").Count);
    }

    [Fact]
    public async Task Preview_OfLongCells_IsCutBetweenCharacters()
    {
        var preview = await PreviewAsync("text\n" + string.Concat(Enumerable.Repeat("😀", 2_000)) + "\n");

        var cell = preview.FirstRows[0].Cells[0]!;
        Assert.EndsWith("😀…", cell, StringComparison.Ordinal);
        Assert.InRange(cell.Length, 900, 1_001);
    }

    [Fact]
    public async Task Preview_Cancelled_Stops()
    {
        var upload = await _bench.UploadAsync("text\n" + string.Concat(Enumerable.Range(0, 30_000).Select(row => $"message {row}\n")));
        using var stop = new CancellationTokenSource();
        var progress = new Stopping(stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Previews.OfAsync(_bench.Uploads.FileOf(upload), new ReadingOptions(), progress, stop.Token));

        Assert.InRange(progress.Rows, 1, 2_000);
    }

    private async Task<ReadingPreview> PreviewAsync(string text, ReadingOptions? options = null) => await _bench.PreviewAsync(await _bench.UploadAsync(text), options);

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public int Rows { get; private set; }

        public void Report(ImportProgress value)
        {
            Rows = value.Rows;
            stop.Cancel();
        }
    }
}
