using AngleSharp.Dom;
using Bunit;
using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class ImportComponentsTests : BunitContext
{
    private static readonly ColumnRoles Roles = ColumnRoles.Of(Previews.Tickets, new ReadingOptions());

    [Fact]
    public void PreviewTable_OfARowWithTooManyCells_ShowsThemBeyondTheLastColumn()
    {
        var table = TableOf(Previews.Tickets);

        var row = table.FindAll("tbody tr")[16];
        Assert.Equal("odd-row", row.ClassName);
        Assert.Contains("17", row.QuerySelector("th")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Printer", "again", "on fire", "Hardware"], row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("odd", row.QuerySelectorAll("td")[3].ClassName);
        Assert.Equal("beyond the last column", table.FindAll("thead th")[^1].TextContent.Trim());
    }

    [Fact]
    public void PreviewTable_OfMissingAndEmptyCells_SaysWhichIsWhich()
    {
        var rows = TableOf(Previews.Tickets).FindAll("tbody tr");
        Assert.Equal("empty", rows[0].QuerySelectorAll("td")[2].TextContent.Trim());
        Assert.Equal("missing", rows[17].QuerySelectorAll("td")[1].TextContent.Trim());
    }

    [Fact]
    public void PreviewTable_OnAnotherRole_GivesItToTheColumn()
    {
        ColumnRoles? chosen = null;
        var table = Render<PreviewTable>(parameters => parameters
            .Add(p => p.Columns, Previews.Tickets.Columns)
            .Add(p => p.Rows, Previews.Tickets.FirstRows)
            .Add(p => p.Roles, Roles)
            .Add(p => p.RolesChanged, roles => chosen = roles));

        var text = table.Find("select[aria-label='Role of column Subject']");
        Assert.Equal("Text", text.GetAttribute("value"));
        Assert.True(text.QuerySelector("option[value=Metadata]")!.IsDisabled());
        table.Find("select[aria-label='Role of column Notes']").Change("Label");

        Assert.Equal(new ColumnRoles("Subject", "Notes", null, null), chosen);
    }

    [Fact]
    public void ReadingForm_OfAReading_SaysWhatWasFoundOutAndTakesAnother()
    {
        ImportState? changed = null;
        var form = FormOf(ImportState.Default, Previews.Tickets, null, state => changed = state);

        Assert.Equal("Found out: comma ,", form.Find("#delimiter option").TextContent);
        Assert.Equal("Found out: column names", form.Find("#hasHeader option").TextContent);
        form.Find("#hasHeader").Change("false");
        Assert.Equal("?hasHeader=false", changed!.ToQuery());
        form.Find("#labelColumn").Change("");
        Assert.Equal("?textColumn=Subject&labelColumn=&sourceColumn=&idColumn=", changed.ToQuery());
        form.Find("#textColumn").Change("Queue");
        Assert.Equal("?textColumn=Queue&labelColumn=Subject&sourceColumn=&idColumn=", changed.ToQuery());
    }

    [Fact]
    public void ReadingForm_OfARefusal_ShowsItAtTheFieldAndKeepsWhatWasSaid()
    {
        var state = ImportState.Default with { Options = new ReadingOptions { Encoding = "klingon" } };
        var form = FormOf(state, null, UserErrorException.Field("encoding", "\"klingon\" is no encoding.", "Give another."));

        var select = form.Find("#encoding");
        Assert.Equal(("klingon", "true", "encoding-problem"), (select.GetAttribute("value"), select.GetAttribute("aria-invalid"), select.GetAttribute("aria-describedby")));
        Assert.Contains("no encoding", form.Find("#encoding-problem").TextContent, StringComparison.Ordinal);
        Assert.NotNull(select.QuerySelector("option[value=klingon]"));
        Assert.Equal(["encoding-problem"], form.FindAll(".form-problem").Select(problem => problem.Id));
    }

    [Fact]
    public void ReadingForm_OfJsonLines_HasNothingToSayAboutCells() =>
        Assert.Empty(FormOf(ImportState.Default, Previews.Tickets with { Format = "jsonl", Delimiter = null, Quoting = null, HasHeader = null }, null).FindAll("#delimiter, #quoting, #hasHeader"));

    [Fact]
    public void ImportCard_OfAReading_SaysWhatItComesTo()
    {
        var card = CardOf(new ImportScreen(Previews.Upload, new ReadingOptions(), Previews.Tickets));
        Assert.Contains("18 rows of text with 2 labels.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("The text is in “Subject”, the label in “Queue”; 1 other column is kept as metadata.", card.Markup, StringComparison.Ordinal);
        Assert.Equal("Import 18 rows", card.Find("button[type=submit]").TextContent);
        Assert.False(card.Find("button[type=submit]").IsDisabled());
    }

    [Fact]
    public void ImportCard_WithoutLabels_SaysWhatWillBeMissing() =>
        Assert.Contains("no precision", CardOf(new ImportScreen(Previews.Upload, new ReadingOptions(), Previews.Tickets with { LabelColumn = null, Labels = [] })).Markup, StringComparison.Ordinal);

    [Fact]
    public void ImportCard_WhileTheFileIsReadAgain_DoesNotImportWhatIsOutOfDate()
    {
        var card = CardOf(new ImportScreen(Previews.Upload, new ReadingOptions(), Previews.Tickets), reading: new ImportProgress(500, 2_000, 9));
        Assert.True(card.Find("button[type=submit]").IsDisabled());
        Assert.Contains("9 rows so far", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportCard_OfARefusalByWhatWasSaid_TakesThatBack()
    {
        string? reset = null;
        var problem = UserErrorException.Field("delimiter", "No.", "Give another.");
        var screen = new ImportScreen(Previews.Upload, new ReadingOptions { Delimiter = "abc" }, Problem: problem);
        var card = Render<ImportCard>(parameters => parameters.Add(p => p.Screen, screen).Add(p => p.Name, "tickets").Add(p => p.OnReset, field => reset = field));

        Assert.True(card.Find("button[type=submit]").IsDisabled());
        card.Find("button[type=button]").Click();
        Assert.Equal("delimiter", reset);
        Assert.Empty(CardOf(screen with { Options = new ReadingOptions { Quoting = "none" } }).FindAll("button[type=button]"));
    }

    [Fact]
    public void ProgressCard_OfAnImport_CountsRowsAndBytes()
    {
        var card = Render<ProgressCard>(parameters => parameters
            .Add(p => p.Label, "Import of tickets.csv").Add(p => p.Title, "Importing").Add(p => p.Progress, new ImportProgress(25_000_000, 100_000_000, 41_200)));
        Assert.Equal("25", card.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("41,200 rows imported, 25 MB of 100 MB", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void NotedRows_OfAWarning_NameTheRolesOfTheCells()
    {
        var rows = Render<NotedRows>(parameters => parameters.Add(p => p.Rows, [Previews.Row17]).Add(p => p.Columns, Previews.Tickets.Columns).Add(p => p.Roles, Roles).Add(p => p.IsOpen, true));
        Assert.Equal("Row 17, and what was made of it", rows.Find("summary").TextContent);
        Assert.Equal(["Row", "Subject (text)", "Queue (label)", "Notes", "beyond the last column"], rows.FindAll("thead th").Select(head => head.TextContent));
    }

    [Fact]
    public void ValueBars_OfManyValues_ShowTwelveAndAllOnRequest()
    {
        var labels = Enumerable.Range(1, 30).Select(label => new LabelCount($"label {label}", 10)).ToList();
        var bars = Render<ValueBars>(parameters => parameters.Add(p => p.Label, "Labels").Add(p => p.Values, ValueBar.OfLabels(labels, 305)));
        Assert.Equal(12, bars.FindAll("li").Count);
        bars.Find("button").Click();
        Assert.Equal(31, bars.FindAll("li").Count);
        Assert.Equal("no label", bars.FindAll(".value-name")[^1].TextContent);
        Assert.Equal("5", bars.FindAll(".value-count")[^1].TextContent);
    }

    [Fact]
    public void ValueBars_OfTheChosenValue_LeadBackToAll()
    {
        var bars = ValueBar.OfLabels([new("ham", 3), new("spam", 1)], 5, DatasetState.Default.WithLabel("spam"), "7");
        Assert.Equal([("/datasets/7?label=ham", false), ("/datasets/7", true), ("/datasets/7?label=", false)], bars.Select(bar => (bar.Address, bar.IsCurrent)));
    }

    private IRenderedComponent<PreviewTable> TableOf(ReadingPreview preview) => Render<PreviewTable>(parameters => parameters
        .Add(p => p.Columns, preview.Columns).Add(p => p.Rows, preview.FirstRows).Add(p => p.Roles, Roles).Add(p => p.Odd, new HashSet<int> { 17 }));

    private IRenderedComponent<ReadingForm> FormOf(ImportState state, ReadingPreview? preview, UserErrorException? problem, Action<ImportState>? changed = null) => Render<ReadingForm>(parameters => parameters
        .Add(p => p.State, state)
        .Add(p => p.Preview, preview)
        .Add(p => p.Columns, preview?.Columns ?? [])
        .Add(p => p.Roles, preview is null ? new ColumnRoles(null, null, null, null) : Roles)
        .Add(p => p.Problem, problem)
        .Add(p => p.StateChanged, changed ?? (_ => { })));

    private IRenderedComponent<ImportCard> CardOf(ImportScreen screen, ImportProgress? reading = null) => Render<ImportCard>(parameters => parameters
        .Add(p => p.Screen, screen).Add(p => p.Name, "tickets").Add(p => p.Busy, reading is not null).Add(p => p.Reading, reading));
}
