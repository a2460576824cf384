using System.Text;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>How files are taken to be written.</summary>
public sealed class ReadingTests : IDisposable
{
    private const string Table = "text,label\nGrüße aus Köln,ham\nвыиграй приз,spam\n";
    private readonly DatasetsBench _bench = new();

    static ReadingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("utf-8", false, "utf-8")]
    [InlineData("utf-8", true, "utf-8 with BOM")]
    [InlineData("utf-16", false, "utf-16le")]
    [InlineData("utf-16", true, "utf-16le with BOM")]
    [InlineData("utf-16BE", false, "utf-16be")]
    [InlineData("utf-16BE", true, "utf-16be with BOM")]
    public async Task Encoding_Unicode_IsDetectedAndTold(string name, bool hasMark, string told)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Table)];

        var dataset = await _bench.ImportAsync(bytes);

        Assert.Equal(told, dataset.Encoding);
        Assert.Equal(["text", "label"], dataset.Columns);
        Assert.Equal(["Grüße aus Köln", "выиграй приз"], (await _bench.SamplesAsync(dataset)).Select(sample => sample.Text));
    }

    [Fact]
    public async Task Encoding_NotUtf8_IsReadAsWindows1252AndTold()
    {
        var dataset = await _bench.ImportAsync("text,label\n“Grüße” – 5 €,ham\n", encoding: Encoding.GetEncoding(1252));

        Assert.Equal("windows-1252", dataset.Encoding);
        Assert.Equal("“Grüße” – 5 €", (await _bench.SamplesAsync(dataset))[0].Text);
        Assert.Contains(dataset.Warnings, warning => warning.Code == "encodingAssumed");
    }

    [Fact]
    public async Task Encoding_Given_IsUsed()
    {
        var dataset = await _bench.ImportAsync("text,label\nвыиграй приз,spam\n", new ReadingOptions { Encoding = "windows-1251" }, encoding: Encoding.GetEncoding(1251));

        Assert.Equal("windows-1251", dataset.Encoding);
        Assert.Equal("выиграй приз", (await _bench.SamplesAsync(dataset))[0].Text);
    }

    [Fact]
    public async Task Encoding_PromisedUtf8ThatIsNot_NamesThePlace()
    {
        byte[] bytes = [.. "text,label\nfine,ham\nbro"u8, 0xFF, .. "ken,ham\n"u8];

        var refusal = await _bench.RefusalAsync(bytes, new ReadingOptions { Encoding = "utf-8" });

        Assert.Contains("line 3, byte 24", refusal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encoding_OneBadByteInMuchUtf8_IsRefusedAsDamaged()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("text,label\n" + string.Concat(Enumerable.Repeat("выиграй приз,spam\n", 20))), .. "bro"u8, 0xFF, .. "ken,ham\n"u8];

        var refusal = await _bench.RefusalAsync(bytes);

        Assert.Contains("not valid UTF-8: line 22", refusal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encoding_Unknown_IsRefused() =>
        Assert.Contains("encoding", (await _bench.RefusalAsync(Table, new ReadingOptions { Encoding = "klingon" })).Errors.Keys);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task Delimiter_AnyUsualOne_IsDetected(string delimiter)
    {
        var text = $"id,text,label\n1,\"hello, you; there\",ham\n2,win | now,spam\n".Replace("hello, you", "hello~ you", StringComparison.Ordinal).Replace(",", delimiter, StringComparison.Ordinal).Replace("~", ",", StringComparison.Ordinal);
        text = delimiter == "|" ? text.Replace("win | now", "\"win | now\"", StringComparison.Ordinal) : text;

        var dataset = await _bench.ImportAsync(text);

        Assert.Equal((delimiter, delimiter == "\t" ? "tsv" : "csv"), (dataset.Delimiter, dataset.Format));
        Assert.Equal([("1", "hello, you; there", "ham"), ("2", "win | now", "spam")], (await _bench.SamplesAsync(dataset)).Select(sample => (sample.Id!, sample.Text, sample.Label!)));
    }

    [Fact]
    public async Task Delimiter_Given_IsUsed()
    {
        var dataset = await _bench.ImportAsync("text:label\nhello, there:ham\n", new ReadingOptions { Delimiter = ":" });

        Assert.Equal((":", 1), (dataset.Delimiter, dataset.RowCount));
    }

    [Fact]
    public async Task Delimiter_OfOneColumn_IsNone()
    {
        var dataset = await _bench.ImportAsync("text\nhello, there\nwell; well, well\nno more\n");

        Assert.Null(dataset.Delimiter);
        Assert.Equal(["hello, there", "well; well, well", "no more"], (await _bench.SamplesAsync(dataset)).Select(sample => sample.Text));
    }

    [Theory]
    [InlineData("text,label\n\"two\nlines\",ham\nplain,spam\n", "csv", "two\nlines")]
    [InlineData("label\ttext\nham\t\"Hi\" he said\nspam\t5\" pipe\nham\tso \"quoted\"\n", "none", "\"Hi\" he said")]
    [InlineData("label\ttext\nham\t\"Open\nspam\tend\" of\nham\tmore\n", "none", "\"Open")]
    [InlineData("label\ttext\nham\t\"Open\nspam\tshut\"\nham\t5\" pipe\n", "none", "\"Open")]
    [InlineData("text,label\n\"a \"\"b\"\" c\",ham\n5\" pipe,spam\n", "csv", "a \"b\" c")]
    [InlineData("text,label\n\"a, b\",ham\n\"c, d\",ham\n\"e\" f,spam\n", "csv", "a, b")]
    public async Task Quoting_Auto_FollowsTheWholeFile(string text, string quoting, string first)
    {
        var dataset = await _bench.ImportAsync(text);

        Assert.Equal(quoting, dataset.Quoting);
        Assert.Equal(first, (await _bench.SamplesAsync(dataset))[0].Text);
    }

    [Fact]
    public async Task Quoting_DecidedByTheLastRow_IsDecidedOverTheWholeFile()
    {
        // Far beyond what a head would show: a quote that is closed in the middle of a cell.
        var rows = string.Concat(Enumerable.Range(0, 30_000).Select(row => $"ham\tmessage number {row}\n"));
        var dataset = await _bench.ImportAsync("label\ttext\n" + rows + "ham\t\"Open\nspam\tend\" of it\n");

        Assert.Equal(("none", 30_002), (dataset.Quoting, dataset.RowCount));
    }

    [Theory]
    [InlineData("csv", 1)]
    [InlineData("none", 2)]
    public async Task Quoting_Given_IsUsed(string quoting, int rows)
    {
        var dataset = await _bench.ImportAsync("label\ttext\nham\t\"Open\nspam\tshut\"\n", new ReadingOptions { Quoting = quoting });

        Assert.Equal((quoting, rows), (dataset.Quoting, dataset.RowCount));
    }

    [Fact]
    public async Task Quoting_NeverClosed_IsTold()
    {
        var dataset = await _bench.ImportAsync("text,label\nfine,ham\n\"open,ham\nmore,spam\n", new ReadingOptions { Quoting = "csv", HasHeader = true });

        Assert.Contains(dataset.Warnings, warning => warning.Code == "unclosedQuote");
    }

    [Theory]
    [InlineData("rows.csv", "{\"text\":\"hello\",\"label\":\"ham\"}\n", "jsonl")]
    [InlineData("rows.jsonl", "{\"text\":\"hello\",\"label\":\"ham\"}\n", "jsonl")]
    [InlineData("rows", "text\tlabel\nhello\tham\n", "tsv")]
    [InlineData("rows.txt", "text;label\nhello;ham\n", "csv")]
    public async Task Format_FromNameAndContent_IsFound(string fileName, string text, string format)
    {
        var dataset = await _bench.ImportAsync(text, fileName: fileName);

        Assert.Equal((format, "text", "label", 1), (dataset.Format, dataset.TextColumn, dataset.LabelColumn, dataset.RowCount));
    }

    [Fact]
    public async Task Format_Given_BeatsTheName() =>
        Assert.Equal("tsv", (await _bench.ImportAsync("text\tlabel\nhello, you\tham\n", new ReadingOptions { Format = "tsv" }, "rows.csv")).Format);
}
