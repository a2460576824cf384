using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class UploadImportsTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Import_OfAnUpload_MakesTheDatasetAndTheUploadNamesIt()
    {
        var upload = await _bench.UploadAsync("a,b\nhello there,ham\nwin now,spam\n");

        var dataset = await _bench.Imports.Start(upload.Id, "Mine", new ReadingOptions { TextColumn = "a", LabelColumn = "b" }).Completion;

        Assert.Equal(("Mine", 2, "a", "b"), (dataset.Name, dataset.RowCount, dataset.TextColumn, dataset.LabelColumn));
        Assert.Equal(dataset.Id, _bench.Uploads.Get(upload.Id).DatasetId);
        Assert.Empty(_bench.Uploads.List());
        Assert.Equal([upload.Id + ".json"], _bench.UploadedFiles().Select(Path.GetFileName));
        Assert.Null(_bench.Imports.Find(upload.Id));
        Assert.Contains(dataset.Id, Assert.Throws<UserErrorException>(() => _bench.Imports.Start(upload.Id, null, new ReadingOptions())).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Cancelled_LeavesNothingButTheUpload()
    {
        var upload = await LargeAsync();
        using (await _bench.Database.Gate.EnterAsync(CancellationToken.None))
        {
            // Nobody can write: the import is under way for as long as this gate is held.
            var import = _bench.Imports.Start(upload.Id, null, new ReadingOptions());
            Assert.Equal(UserErrorKind.Conflict, Assert.Throws<UserErrorException>(() => _bench.Imports.Start(upload.Id, null, new ReadingOptions())).Kind);
            Assert.Same(import, _bench.Imports.Find(upload.Id));
            await _bench.Imports.CancelAsync(upload.Id);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import.Completion);
        }

        Assert.Empty((await _bench.Queries.ListAsync(null, 50, CancellationToken.None)).Items);
        Assert.Equal([upload.Id], _bench.Uploads.List().Select(waiting => waiting.Id));
        Assert.Equal(30_000, (await _bench.Imports.Start(upload.Id, null, new ReadingOptions()).Completion).RowCount);
    }

    [Fact]
    public async Task Import_RefusedByTheFile_KeepsTheUploadAndTheReason()
    {
        var upload = await _bench.UploadAsync("a,b\n1,2\n");

        var import = _bench.Imports.Start(upload.Id, null, new ReadingOptions());

        Assert.Contains("textColumn", (await Assert.ThrowsAsync<UserErrorException>(() => import.Completion)).Errors.Keys);
        Assert.Same(import, _bench.Imports.Find(upload.Id));
        Assert.False(import.IsRunning);
        Assert.Equal("b", (await _bench.Imports.Start(upload.Id, null, new ReadingOptions { TextColumn = "b" }).Completion).TextColumn);
    }

    [Fact]
    public async Task Stop_WhileAnImportIsUnderWay_RollsItBackAndTakesNoOther()
    {
        var upload = await LargeAsync();
        UploadImport import;
        using (await _bench.Database.Gate.EnterAsync(CancellationToken.None))
        {
            import = _bench.Imports.Start(upload.Id, null, new ReadingOptions());
            await _bench.Imports.StopAsync(CancellationToken.None);
        }

        Assert.True(import.Completion.IsCanceled);
        Assert.Empty((await _bench.Queries.ListAsync(null, 50, CancellationToken.None)).Items);
        Assert.Throws<UserErrorException>(() => _bench.Imports.Start(upload.Id, null, new ReadingOptions()));
        Assert.Equal([upload.Id], _bench.Uploads.List().Select(waiting => waiting.Id));
    }

    [Fact]
    public async Task Discard_Upload_IsGone()
    {
        var upload = await LargeAsync();

        await _bench.Imports.DiscardAsync(upload.Id);

        Assert.Empty(_bench.UploadedFiles());
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => _bench.Imports.DiscardAsync(upload.Id))).Kind);
    }

    [Fact]
    public async Task Import_OfAFileThatWasImportedBefore_SaysSo()
    {
        await _bench.ImportAsync("text\nhello there\n");
        var upload = await _bench.UploadAsync("text\nhello there\n");

        var preview = await _bench.PreviewAsync(upload);
        var dataset = await _bench.Imports.Start(upload.Id, null, new ReadingOptions()).Completion;

        Assert.Contains(preview.Warnings, warning => warning.Code == "sameContent");
        Assert.Equal(preview.Warnings.Select(warning => warning.Message), dataset.Warnings.Select(warning => warning.Message));
    }

    private Task<StagedUpload> LargeAsync() =>
        _bench.UploadAsync("text,label\n" + string.Concat(Enumerable.Range(0, 30_000).Select(row => $"message {row},ham\n")));
}
