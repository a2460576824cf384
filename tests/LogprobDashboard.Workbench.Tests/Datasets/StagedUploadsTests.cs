namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class StagedUploadsTests : IDisposable
{
    private const string Table = "text,label\nhello there,ham\nwin now,spam\n";
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Upload_AfterARestart_IsStillThereAndCanBeRead()
    {
        var upload = await _bench.UploadAsync(Table, "mine.csv");

        await _bench.Service.RemoveLeftoversAsync(CancellationToken.None);

        Assert.Equal(upload, _bench.Uploads.Get(upload.Id));
        Assert.Equal([upload], _bench.Uploads.List());
        Assert.Equal(("mine.csv", Table.Length), (upload.FileName, (int)upload.Bytes));
        Assert.Equal(2, (await _bench.PreviewAsync(upload)).RowCount);
    }

    [Fact]
    public async Task RemoveLeftovers_HalfWrittenUploads_AreGoneAndWholeOnesStay()
    {
        var kept = await _bench.UploadAsync(Table);
        using var content = new MemoryStream([1, 2, 3]);
        await _bench.Staging.StageAsync(content, "rows.csv", CancellationToken.None); // the process dies before its record is written
        var folder = _bench.Database.Options.UploadsDirectory;
        await File.WriteAllTextAsync(Path.Combine(folder, new string('a', 32) + ".json.part"), "{");
        await File.WriteAllTextAsync(Path.Combine(folder, new string('b', 32) + ".json"), "{\"id\":");
        var bodiless = kept with { Id = new string('c', 32) };
        await File.WriteAllTextAsync(Path.Combine(folder, bodiless.Id + ".json"), (await File.ReadAllTextAsync(Path.Combine(folder, kept.Id + ".json"))).Replace(kept.Id, bodiless.Id, StringComparison.Ordinal));

        await _bench.Service.RemoveLeftoversAsync(CancellationToken.None);

        Assert.Equal([kept.Id + ".json", kept.Id + ".upload"], _bench.UploadedFiles().Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upload_OfYesterday_IsGoneForReadersAtOnceAndFromDiskWithTheNextUpload()
    {
        var old = await _bench.UploadAsync(Table);
        _bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal([old], _bench.Uploads.List());
        _bench.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(UserErrorKind.NotFound, Assert.Throws<UserErrorException>(() => _bench.Uploads.Get(old.Id)).Kind);
        Assert.Empty(_bench.Uploads.List());
        var young = await _bench.UploadAsync(Table);

        Assert.Equal([young.Id + ".json", young.Id + ".upload"], _bench.UploadedFiles().Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keep_EmptyFile_IsRefusedAndLeavesNothing()
    {
        Assert.Equal("The file is empty.", (await Assert.ThrowsAsync<UserErrorException>(() => _bench.UploadAsync(""))).Title);
        Assert.Empty(_bench.UploadedFiles());
    }

    [Theory]
    [InlineData("../../logprob-dashboard")]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void Get_WhatIsNoUpload_IsNotFound(string id) =>
        Assert.Equal(UserErrorKind.NotFound, Assert.Throws<UserErrorException>(() => _bench.Uploads.Get(id)).Kind);
}
