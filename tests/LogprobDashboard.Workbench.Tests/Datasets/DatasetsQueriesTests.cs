using LogprobDashboard.Workbench.Datasets;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class DatasetsQueriesTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task List_ByPages_GivesTheNewestFirstAndEachOnce()
    {
        foreach (var number in Enumerable.Range(1, 5))
            await _bench.ImportAsync($"text\nhello number {number}\n");

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _bench.Queries.ListAsync(cursor, 2, CancellationToken.None);
            ids.AddRange(page.Items.Select(dataset => dataset.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["5", "4", "3", "2", "1"], ids);
    }

    [Fact]
    public async Task Samples_FilteredAndPaged_GiveTheMatches()
    {
        var dataset = await _bench.ImportAsync("text,label,source\nПривет мир,ham,a\nпривет всем,spam,b\n100% free,spam,b\nпривет опять,spam,a\nприветы,,b\n");

        var page = await SamplesAsync(dataset, new SamplesFilter("ПРИВЕТ"), null, 2);
        Assert.Equal([0, 1], page.Items.Select(sample => sample.Index));
        Assert.Equal([3, 4], (await SamplesAsync(dataset, new SamplesFilter("ПРИВЕТ"), page.NextCursor, 2)).Items.Select(sample => sample.Index));
        Assert.Null((await SamplesAsync(dataset, new SamplesFilter("ПРИВЕТ"), page.NextCursor, 2)).NextCursor);
        Assert.Equal([1], (await SamplesAsync(dataset, new SamplesFilter("привет", "spam", "b"))).Items.Select(sample => sample.Index));
        Assert.Equal([2], (await SamplesAsync(dataset, new SamplesFilter("%"))).Items.Select(sample => sample.Index));
        Assert.Equal([4], (await SamplesAsync(dataset, new SamplesFilter(Label: ""))).Items.Select(sample => sample.Index));
    }

    [Fact]
    public async Task Samples_ByIndexes_GiveThemInOrderWhateverTheirNumber()
    {
        var dataset = await _bench.ImportAsync("text\n" + string.Concat(Enumerable.Range(0, 40_000).Select(row => $"message {row}\n")));
        var key = Ids.Parse(dataset.Id, "dataset");

        var few = await _bench.Queries.SamplesAsync(key, [39_999, 7, 50_000], CancellationToken.None);
        var all = await _bench.Queries.SamplesAsync(key, [.. Enumerable.Range(0, 40_000).Reverse()], CancellationToken.None);

        Assert.Equal(["message 7", "message 39999"], few.Select(sample => sample.Text));
        Assert.Equal(Enumerable.Range(0, 40_000), all.Select(sample => sample.Index));
    }

    [Fact]
    public async Task Columns_GiveLabelAndSourceOfEveryIndex()
    {
        var dataset = await _bench.ImportAsync("text,label,source\nhello a,ham,x\nhello b,,y\nhello c,spam,\nhello d,ham,x\n");

        var columns = await _bench.Queries.ColumnsAsync(Ids.Parse(dataset.Id, "dataset"), CancellationToken.None);

        Assert.Equal(["ham", null, "spam", "ham"], Enumerable.Range(0, columns.Count).Select(columns.LabelAt));
        Assert.Equal(["x", "y", null, "x"], Enumerable.Range(0, columns.Count).Select(columns.SourceAt));
        Assert.Equal([0, -1, 1, 0], columns.LabelCodes);
    }

    [Fact]
    public async Task Delete_Dataset_TakesItsSamplesAndNoOthers()
    {
        var kept = await _bench.ImportAsync("text\nhello there\n");
        var gone = await _bench.ImportAsync("text\n" + string.Concat(Enumerable.Range(0, 25_000).Select(row => $"message {row}\n")));

        await _bench.Service.DeleteAsync(gone.Id, CancellationToken.None);

        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => _bench.Queries.GetAsync(gone.Id, CancellationToken.None))).Kind);
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => _bench.Service.DeleteAsync(gone.Id, CancellationToken.None))).Kind);
        Assert.Equal("hello there", Assert.Single(await _bench.SamplesAsync(kept)).Text);
        await using var db = _bench.Database.CreateDbContext();
        Assert.Equal(1, db.Set<Sample>().Count());
    }

    [Fact]
    public async Task Delete_DatasetThatSomethingRefersTo_IsAConflictAndChangesNothing()
    {
        var used = await _bench.ImportAsync("text\nhello there\n");
        var free = await _bench.ImportAsync("text\nhello again\n");
        await using (var db = _bench.Database.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE Users (Id INTEGER PRIMARY KEY, DatasetId INTEGER NOT NULL REFERENCES Datasets (Id) ON DELETE RESTRICT)");
            await db.Database.ExecuteSqlRawAsync("INSERT INTO Users (DatasetId) VALUES (1)");
        }

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => _bench.Service.DeleteAsync(used.Id, CancellationToken.None));
        await _bench.Service.DeleteAsync(free.Id, CancellationToken.None);

        Assert.Equal(UserErrorKind.Conflict, refusal.Kind);
        Assert.Contains("experiments", refusal.Title, StringComparison.Ordinal);
        Assert.Equal("hello there", Assert.Single(await _bench.SamplesAsync(await _bench.Queries.GetAsync(used.Id, CancellationToken.None))).Text);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task List_NonsenseCursor_IsMalformed(string cursor) =>
        Assert.Equal(UserErrorKind.Malformed, (await Assert.ThrowsAsync<UserErrorException>(() => _bench.Queries.ListAsync(cursor, 50, CancellationToken.None))).Kind);

    [Theory]
    [InlineData("99")]
    [InlineData("abc")]
    public async Task Get_UnknownId_IsNotFound(string id) =>
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => _bench.Queries.GetAsync(id, CancellationToken.None))).Kind);

    private Task<PagedResult<SampleRecord>> SamplesAsync(DatasetRecord dataset, SamplesFilter filter, string? cursor = null, int take = 50) =>
        _bench.Queries.SamplesAsync(dataset.Id, filter, cursor, take, CancellationToken.None);
}
