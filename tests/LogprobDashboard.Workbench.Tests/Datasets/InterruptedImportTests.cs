using LogprobDashboard.Workbench.Datasets;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class InterruptedImportTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Import_CancelledHalfWay_LeavesNothingAndFreesTheGate()
    {
        using var stop = new CancellationTokenSource();
        using (var file = await StageAsync(40_000))
        {
            var reading = await Reading(file);
            var progress = new CallBack(at =>
            {
                if (at.Rows >= 10_000)
                    stop.Cancel();
            });

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Service.ImportAsync(reading, null, progress, stop.Token));
        }

        _bench.AssertNothingLeft();
        Assert.Equal(1, (await _bench.ImportAsync("text\nhello there\n")).RowCount);
    }

    [Fact]
    public async Task Import_FileThatCannotBeReadToItsEnd_LeavesNothing()
    {
        using (var file = await StageAsync(40_000))
        {
            var reading = await Reading(file);
            await File.AppendAllTextAsync(file.Path, "\xFF");
            await File.WriteAllBytesAsync(file.Path, [.. await File.ReadAllBytesAsync(file.Path), 0xFF]);

            await Assert.ThrowsAsync<UserErrorException>(() => _bench.Service.ImportAsync(reading, null, null, CancellationToken.None));
        }

        _bench.AssertNothingLeft();
    }

    [Fact]
    public async Task Import_UnderWay_IsShownNowhere()
    {
        var seen = new List<int>();
        using var file = await StageAsync(10_000);
        var progress = new CallBack(at =>
        {
            using var db = _bench.Database.CreateDbContext();
            seen.Add(db.Set<Dataset>().Count(dataset => dataset.ImportedAt == null));
            Assert.InRange(at.BytesRead, 1, at.Bytes);
        });

        await _bench.Service.ImportAsync(await Reading(file), null, progress, CancellationToken.None);

        Assert.True(seen.Count > 1);
        Assert.All(seen, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task RemoveLeftovers_UnfinishedImport_IsGoneAndFinishedOnesStay()
    {
        var kept = await _bench.ImportAsync("text\nhello there\n");
        var dead = await _bench.ImportAsync("text\n" + string.Concat(Enumerable.Range(0, 25_000).Select(row => $"message {row}\n")));
        var key = Ids.Parse(dead.Id, "dataset");
        await using (var db = _bench.Database.CreateDbContext())
            await db.Set<Dataset>().Where(dataset => dataset.Id == key).ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.ImportedAt, (DateTimeOffset?)null));

        await Assert.ThrowsAsync<UserErrorException>(() => _bench.Queries.GetAsync(dead.Id, CancellationToken.None));
        Assert.Equal([kept.Id], (await _bench.Queries.ListAsync(null, 50, CancellationToken.None)).Items.Select(dataset => dataset.Id));
        await _bench.Service.RemoveLeftoversAsync(CancellationToken.None);

        await using var after = _bench.Database.CreateDbContext();
        Assert.Equal([1L], await after.Set<Sample>().GroupBy(sample => sample.DatasetId).Select(group => group.LongCount()).ToListAsync());
    }

    private async Task<StagedFile> StageAsync(int rows)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("text,label\n" + string.Concat(Enumerable.Range(0, rows).Select(row => $"message {row},ham\n"))));
        return await _bench.Staging.StageAsync(content, "rows.csv", CancellationToken.None);
    }

    private static Task<Reading> Reading(StagedFile file) => new DatasetReading().ReadAsync(file, new ReadingOptions(), CancellationToken.None);

    private sealed class CallBack(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
