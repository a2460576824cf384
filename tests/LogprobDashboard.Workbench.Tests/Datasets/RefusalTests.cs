using System.Text;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>Files that cannot be imported: each with its own message, and nothing left behind.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n  \n", "is empty")]
    [InlineData("\uFEFF", "is empty")]
    [InlineData("text,label\n", "a header and no row")]
    [InlineData("text,label", "a header and no row")]
    [InlineData("amount,price\n1,2\n3,4\n", "No column of the file looks like the text")]
    [InlineData("text,label\n,ham\n  ,spam\n", "None of the 2 rows has text")]
    public async Task Import_NothingToImport_SaysWhatIsMissing(string text, string title) =>
        Assert.Contains(title, (await _bench.RefusalAsync(text)).Title, StringComparison.Ordinal);

    [Theory]
    [InlineData("ham,hello there\nspam,win now\nham,bye\n")]
    [InlineData("1,hello there\n2,win now\n")]
    [InlineData("ham,This is a whole sentence.\nspam,win now\n")]
    [InlineData(",,\nham,hello,x\n")]
    public async Task Import_NoHeaderWhereOneWasPromised_Refuses(string text)
    {
        var refusal = await _bench.RefusalAsync(text, new ReadingOptions { HasHeader = true, TextColumn = "column2" });

        Assert.Contains("A header was promised", refusal.Title, StringComparison.Ordinal);
        Assert.Contains("hasHeader", refusal.Errors.Keys);
    }

    [Theory]
    [InlineData("textColumn")]
    [InlineData("labelColumn")]
    [InlineData("sourceColumn")]
    [InlineData("idColumn")]
    public async Task Import_UnknownColumn_ListsTheColumns(string field)
    {
        var options = field switch
        {
            "textColumn" => new ReadingOptions { TextColumn = "nope" },
            "labelColumn" => new ReadingOptions { LabelColumn = "nope" },
            "sourceColumn" => new ReadingOptions { SourceColumn = "nope" },
            _ => new ReadingOptions { IdColumn = "nope" },
        };

        var refusal = await _bench.RefusalAsync("text,label\nhello,ham\n", options);

        Assert.Equal(UserErrorKind.Impossible, refusal.Kind);
        Assert.Contains("\"text\", \"label\"", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal([field], refusal.Errors.Keys);
    }

    [Fact]
    public async Task Import_OneColumnForTwoThings_Refuses() =>
        Assert.Contains("two things", (await _bench.RefusalAsync("text,label\nhello,ham\n", new ReadingOptions { TextColumn = "text", LabelColumn = "text" })).Title, StringComparison.Ordinal);

    public static TheoryData<byte[], string> Binaries => new()
    {
        { [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 8, 0], ".xlsx" },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "PNG" },
        { [0x1F, 0x8B, 0x08, 0x00, 0, 0, 0, 0], "gzip" },
        { [.. "PAR1"u8, 0x15, 0x04, 0x15, 0x10], "Parquet" },
        { [.. "text,label\nhe"u8, 0, 0, 0, 7, .. "llo,ham\n"u8], "binary data" },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task Import_BinaryFile_SaysWhatItSeemsToBe(byte[] bytes, string told)
    {
        var refusal = await _bench.RefusalAsync(bytes);

        Assert.Equal(UserErrorKind.UnsupportedFormat, refusal.Kind);
        Assert.Contains(told, refusal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ZeroBytesFarIntoTheFile_Refuses()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("text,label\n" + string.Concat(Enumerable.Repeat("hello there,ham\n", 20_000))), 0, 1, 2];

        Assert.Equal(UserErrorKind.UnsupportedFormat, (await _bench.RefusalAsync(bytes)).Kind);
    }

    [Theory]
    [InlineData("parquet", "rows.csv")]
    [InlineData(null, "rows.parquet")]
    [InlineData("xml", "rows.csv")]
    public async Task Import_FormatThatCannotBeRead_IsUnsupported(string? format, string fileName) =>
        Assert.Equal(UserErrorKind.UnsupportedFormat, (await _bench.RefusalAsync("text\nhello\n", new ReadingOptions { Format = format }, fileName)).Kind);

    [Fact]
    public async Task Import_JsonArray_SaysHowToMakeLinesOfIt() =>
        Assert.Contains("jq", (await _bench.RefusalAsync("[{\"text\":\"hello\"}]", fileName: "rows.json")).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"text\":\"a\"}\n\n{\"text\":\"b\"\n{\"text\":\"c\"}\n", "Line 3")]
    [InlineData("{\"text\":\"a\"}\n[1,2]\n", "Line 2")]
    [InlineData("{\"text\":\"a\"}\n{\"text\":\"\\ud800\"}\n", "Line 2")]
    public async Task Import_BrokenJsonLine_NamesItsLine(string text, string line) =>
        Assert.StartsWith(line, (await _bench.RefusalAsync(text, fileName: "rows.jsonl")).Title, StringComparison.Ordinal);

    [Fact]
    public async Task Import_BrokenJsonLineAfterManyRows_LeavesNothing()
    {
        var rows = string.Concat(Enumerable.Range(0, 25_000).Select(row => $"{{\"text\":\"message {row}\",\"label\":\"ham\"}}\n"));

        Assert.StartsWith("Line 25001", (await _bench.RefusalAsync(rows + "{broken\n", fileName: "rows.jsonl")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RowWithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        var endless = "text,label\n\"" + new string('a', RowReader.MaxRowLength + 1) + "\",ham\n";

        Assert.Contains("longer than 8 million characters", (await _bench.RefusalAsync(endless)).Title, StringComparison.Ordinal);
        Assert.Contains("longer than 8 million characters", (await _bench.RefusalAsync("{\"text\":\"" + endless[12..], new ReadingOptions { Format = "jsonl" })).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::", null)]
    [InlineData("\"", null)]
    [InlineData(null, "sometimes")]
    public async Task Import_ImpossibleOption_IsRefused(string? delimiter, string? quoting) =>
        Assert.Single((await _bench.RefusalAsync("text,label\nhello,ham\n", new ReadingOptions { Delimiter = delimiter, Quoting = quoting })).Errors);
}
