using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class DatasetsBrowsingTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(DatasetsSort.Newest, "Ärger,Banana,apple")]
    [InlineData(DatasetsSort.Name, "apple,Banana,Ärger")]
    [InlineData(DatasetsSort.Rows, "Banana,Ärger,apple")]
    [InlineData(DatasetsSort.Size, "Ärger,Banana,apple")]
    [InlineData(DatasetsSort.Used, "apple,Ärger,Banana")]
    public async Task Datasets_Sorted_AreInThatOrder(DatasetsSort sort, string expected)
    {
        await ThreeAsync();

        var page = await _bench.Browsing.DatasetsAsync(new DatasetsFilter(null, sort, 1, 10), CancellationToken.None);

        Assert.Equal(expected, string.Join(',', page.Items.Select(dataset => dataset.Name)));
        Assert.Equal([0, 0, 2], page.Items.Select(dataset => dataset.ExperimentCount).Order());
    }

    [Fact]
    public async Task Datasets_Searched_MatchWhateverTheCaseAndCountAll()
    {
        await ThreeAsync();

        var page = await _bench.Browsing.DatasetsAsync(new DatasetsFilter("äRG", DatasetsSort.Newest, 1, 10), CancellationToken.None);

        Assert.Equal(["Ärger"], page.Items.Select(dataset => dataset.Name));
        Assert.Equal((1, 3), (page.Found, page.All));
    }

    [Theory]
    [InlineData(1, 1, "Ärger,Banana")]
    [InlineData(2, 2, "apple")]
    [InlineData(9, 2, "apple")]
    public async Task Datasets_Paged_GiveThePageOrTheLastOne(int asked, int given, string expected)
    {
        await ThreeAsync();

        var page = await _bench.Browsing.DatasetsAsync(new DatasetsFilter(null, DatasetsSort.Newest, asked, 2), CancellationToken.None);

        Assert.Equal((given, expected), (page.Page, string.Join(',', page.Items.Select(dataset => dataset.Name))));
    }

    [Fact]
    public async Task Samples_WithAndWithoutAFilter_GiveTheirPageAndTheirNumber()
    {
        var dataset = await _bench.ImportAsync("text,label\n" + string.Concat(Enumerable.Range(0, 95).Select(row => $"message {row},{(row % 3 == 0 ? "spam" : row % 3 == 1 ? "ham" : "")}\n")));

        var all = await SamplesAsync(dataset, new SamplesFilter(), 3);
        var spam = await SamplesAsync(dataset, new SamplesFilter(Label: "spam"), 2); // beyond the last page
        var unlabelled = await SamplesAsync(dataset, new SamplesFilter("MESSAGE 8", ""), 1);
        var none = await SamplesAsync(dataset, new SamplesFilter("nothing like that"), 4);

        Assert.Equal((3, 95, 80, 15), (all.Page, all.Found, all.Items[0].Index, all.Items.Count));
        Assert.Equal((1, 32, 0, 32), (spam.Page, spam.Found, spam.Items[0].Index, spam.Items.Count));
        Assert.Equal([8, 80, 83, 86, 89], unlabelled.Items.Select(sample => sample.Index));
        Assert.Equal((1, 0, 0), (none.Page, none.Found, none.Items.Count));
    }

    [Fact]
    public async Task Samples_SearchThatIsLeft_Stops()
    {
        var dataset = await _bench.ImportAsync("text\n" + string.Concat(Enumerable.Range(0, 1_000).Select(row => $"message {row}\n")));
        using var stop = new CancellationTokenSource();
        var search = TextSearch.RunAsync(
            async () =>
            {
                await using var db = _bench.Database.CreateDbContext();
                var matching = await SampleSearch.MatchingAsync(db, Ids.Parse(dataset.Id, "dataset"), new SamplesFilter("message"), stop.Token);
                await stop.CancelAsync();
                return matching.Count();
            },
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
    }

    [Fact]
    public async Task Delete_DatasetInUse_NamesTheExperiments()
    {
        await ThreeAsync();

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => _bench.Service.DeleteAsync("1", CancellationToken.None));

        Assert.Equal("The dataset is used by experiments: \"first\", \"second\".", refusal.Title);
        Assert.Equal(["second", "first"], (await _bench.Browsing.UsesAsync("1", CancellationToken.None)).Select(use => use.Name));
    }

    private Task<SamplesPage> SamplesAsync(DatasetRecord dataset, SamplesFilter filter, int page) =>
        _bench.Browsing.SamplesAsync(dataset, filter, page, 40, CancellationToken.None);

    /// <summary>apple (one row, used twice), Banana (three short rows), Ärger (two long ones).</summary>
    private async Task ThreeAsync()
    {
        var apple = await _bench.ImportAsync("text\nhello there\n", fileName: "apple.csv");
        await _bench.ImportAsync("text\nhello a\nhello b\nhello c\n", fileName: "Banana.csv");
        await _bench.ImportAsync($"text\nhello {new string('a', 500)}\nhello {new string('b', 500)}\n", fileName: "Ärger.csv");
        await using var db = _bench.Database.CreateDbContext();
        db.AddRange(new[] { "first", "second" }.Select(name => new Experiment { Name = name, DatasetId = Ids.Parse(apple.Id, "dataset"), PositiveLabel = "a" }));
        await db.SaveChangesAsync();
    }
}
