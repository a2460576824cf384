using System.Text;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>What becomes of rows.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Import_UsualColumns_AreFoundAndAllOthersKept()
    {
        var dataset = await _bench.ImportAsync("ID,Message,Category,Channel,Ticket Subject,n\n7,hello there, ham ,sms,Re: you,\n8,win now,spam,sms,Fwd,2\n9,bye,ham,,x,3\n");

        Assert.Equal(("ID", "Message", "Category", "Channel"), (dataset.IdColumn, dataset.TextColumn, dataset.LabelColumn, dataset.SourceColumn));
        Assert.Equal([new LabelCount("ham", 2), new LabelCount("spam", 1)], dataset.Labels);
        Assert.Equal([new SourceCount("sms", 2)], dataset.Sources);
        Assert.Equal(("file", "file.csv", _bench.Time.GetUtcNow()), (dataset.Name, dataset.FileName, dataset.CreatedAt));
        var samples = await _bench.SamplesAsync(dataset);
        Assert.Equal([(0, "7", "hello there", "ham", "sms"), (1, "8", "win now", "spam", "sms"), (2, "9", "bye", "ham", null)],
            samples.Select(sample => (sample.Index, sample.Id!, sample.Text, sample.Label!, sample.Source)));
        Assert.Equal(new Dictionary<string, object?> { ["Ticket Subject"] = "Re: you", ["n"] = "" }, samples[0].Metadata);
    }

    [Theory]
    [InlineData("label,text", "text", "label")]
    [InlineData("Label,SMS", "SMS", "Label")]
    [InlineData("v1,v2", "v2", "v1")]
    [InlineData("text_type,text", "text", "text_type")]
    [InlineData("true_label,clean_text", "clean_text", "true_label")]
    [InlineData("class,Ticket Description", "Ticket Description", "class")]
    [InlineData("y,title", "title", "y")]
    [InlineData("colour,words", "words", "colour")]
    public async Task Columns_ByName_OrElseByContent(string header, string text, string label)
    {
        var dataset = await _bench.ImportAsync(header + "\nham,hello there you\nspam,win a prize now\nham,see you tomorrow\nham,what a day\nspam,call this number\n");

        Assert.Equal((text, label, true), (dataset.TextColumn, dataset.LabelColumn, dataset.HasHeader));
    }

    [Fact]
    public async Task Columns_Given_AreUsed_AndBlankIsNone()
    {
        var dataset = await _bench.ImportAsync(
            "text,summary,label,kind\nhello there,hi,ham,a\n", new ReadingOptions { TextColumn = "SUMMARY", LabelColumn = "", SourceColumn = "kind" });

        Assert.Equal(("summary", null, "kind"), (dataset.TextColumn, dataset.LabelColumn, dataset.SourceColumn));
        Assert.Equal(["text", "label"], (await _bench.SamplesAsync(dataset))[0].Metadata.Keys);
    }

    [Fact]
    public async Task Columns_WithoutHeaderInASortedFile_AreFoundByContentOfAllRows()
    {
        var rows = string.Concat(new[] { "ar", "de", "fr" }.SelectMany(label => Enumerable.Range(0, 3_000).Select(row => $"{label},sentence number {row} of {label}\n")));

        var dataset = await _bench.ImportAsync(rows);

        Assert.Equal(("column2", "column1", false, 9_000), (dataset.TextColumn, dataset.LabelColumn, dataset.HasHeader, dataset.RowCount));
        Assert.Contains(dataset.Warnings, warning => warning.Code == "columnsGuessed");
    }

    [Fact]
    public async Task Header_EmptyAndRepeatedNames_BecomeUnique()
    {
        var dataset = await _bench.ImportAsync("text,,label,note,note,note_2\nhello,a,ham,b,c,d\n");

        Assert.Equal(["text", "column2", "label", "note", "note_3", "note_2"], dataset.Columns);
        Assert.Contains(dataset.Warnings, warning => warning.Code == "duplicateColumn");
        Assert.Equal("c", (await _bench.SamplesAsync(dataset))[0].Metadata["note_3"]);
    }

    [Fact]
    public async Task Header_Denied_MakesTheFirstRowData()
    {
        var dataset = await _bench.ImportAsync("text,label\nhello there,ham\n", new ReadingOptions { HasHeader = false, TextColumn = "column1", LabelColumn = "column2" });

        Assert.Equal(2, dataset.RowCount);
        Assert.Equal("text", (await _bench.SamplesAsync(dataset))[0].Text);
    }

    [Fact]
    public async Task Rows_WithTooFewOrTooManyCells_AreKeptAndTold()
    {
        var dataset = await _bench.ImportAsync("text,label,note\na b,ham,x\nc d,ham\ne f,spam,y,z,w\ng h\ni j,ham,x,,\n");

        Assert.Equal(5, dataset.RowCount);
        var few = dataset.Warnings.Single(warning => warning.Code == "tooFewCells");
        Assert.Equal((2, 2), (few.Row, few.Count));
        Assert.Equal([2, 4], few.Rows);
        Assert.Contains("rows 2, 4", few.Message, StringComparison.Ordinal);
        var many = dataset.Warnings.Single(warning => warning.Code == "tooManyCells");
        Assert.Equal((3, 1), (many.Row, many.Count));
        var samples = await _bench.SamplesAsync(dataset);
        Assert.Equal(["z", "w"], Assert.IsType<List<object?>>(samples[2].Metadata["overflow"]));
        Assert.Null(samples[3].Label);
        Assert.Equal((4, 1), (dataset.Warnings.Single(warning => warning.Code == "emptyLabel").Row, dataset.Warnings.Single(warning => warning.Code == "emptyLabel").Count));
    }

    [Fact]
    public async Task Rows_WithoutText_AreLeftOutAndTold()
    {
        var dataset = await _bench.ImportAsync("text,label\na,ham\n ,spam\nb,ham\n");

        Assert.Equal([(0, "a"), (1, "b")], (await _bench.SamplesAsync(dataset)).Select(sample => (sample.Index, sample.Text)));
        Assert.Equal((2, 1), (dataset.Warnings.Single(warning => warning.Code == "emptyText").Row, dataset.Warnings.Single(warning => warning.Code == "emptyText").Count));
        Assert.Equal([new LabelCount("ham", 2)], dataset.Labels);
    }

    [Fact]
    public async Task Texts_RepeatedOrSpoilt_AreCounted()
    {
        var dataset = await _bench.ImportAsync("text,label\nsame,ham\nsame,spam\nschÃ¶n,ham\nfine\u0092s,ham\nKÖLN’S été à l’île,ham\n");

        Assert.Equal([("duplicateText", 2), ("controlCharacters", 4), ("mojibake", 3)], dataset.Warnings.Select(warning => (warning.Code, warning.Row!.Value)));
        Assert.All(dataset.Warnings, warning => Assert.Equal(1, warning.Count));
    }

    [Fact]
    public async Task Labels_TooMany_AreListedUpToALimitAndTold()
    {
        var dataset = await _bench.ImportAsync("text,label\n" + string.Concat(Enumerable.Range(0, 1_500).Select(row => $"text {row},l{row}\n")));

        Assert.Equal(1_000, dataset.Labels.Count);
        Assert.Contains(dataset.Warnings, warning => warning.Code == "manyLabels");
        Assert.Equal(1_500, (await _bench.Queries.ColumnsAsync(Ids.Parse(dataset.Id, "dataset"), CancellationToken.None)).Labels.Count);
    }

    [Fact]
    public async Task Import_SameContentTwice_IsTold()
    {
        await _bench.ImportAsync("text,label\nhello,ham\n");

        var second = await _bench.ImportAsync("text,label\nhello,ham\n");

        Assert.Contains(second.Warnings, warning => warning.Code == "sameContent");
    }

    [Fact]
    public async Task JsonLines_KeepTheirValues()
    {
        var dataset = await _bench.ImportAsync(
            "{\"text\":\"hello\",\"label\":1,\"n\":12345678901234567,\"f\":0.10,\"b\":true,\"z\":null}\r\n\n{\"label\":false,\"text\":\"bye\",\"late\":{\"a\":[1,\"x\"]}}", fileName: "rows.jsonl");

        Assert.Equal(["text", "label", "n", "f", "b", "z", "late"], dataset.Columns);
        var samples = await _bench.SamplesAsync(dataset);
        Assert.Equal(["1", "false"], samples.Select(sample => sample.Label!));
        Assert.Equal(new Dictionary<string, object?> { ["n"] = 12345678901234567L, ["f"] = 0.10m, ["b"] = true, ["z"] = null }, samples[0].Metadata);
        var late = Assert.IsType<Dictionary<string, object?>>(samples[1].Metadata["late"]);
        Assert.Equal([1L, "x"], Assert.IsType<List<object?>>(late["a"]));
    }

    [Fact]
    public async Task JsonLines_InUtf16_AreRead()
    {
        var dataset = await _bench.ImportAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"text\":\"Grüße\"}\n{\"text\":\"приз\"}\n")], fileName: "rows.jsonl");

        Assert.Equal(["Grüße", "приз"], (await _bench.SamplesAsync(dataset)).Select(sample => sample.Text));
    }

    [Fact]
    public async Task JsonLines_ColumnThatComesLate_CanBeGiven()
    {
        var rows = string.Concat(Enumerable.Range(0, 1_200).Select(row => $"{{\"text\":\"message {row}\"}}\n")) + "{\"text\":\"last\",\"late\":\"x\"}\n";

        var dataset = await _bench.ImportAsync(rows, new ReadingOptions { LabelColumn = "late" }, "rows.jsonl");

        Assert.Equal([new LabelCount("x", 1)], dataset.Labels);
        Assert.Equal(1_200, dataset.Warnings.Single(warning => warning.Code == "emptyLabel").Count);
    }
}
