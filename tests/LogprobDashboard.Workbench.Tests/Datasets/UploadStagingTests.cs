using System.Security.Cryptography;
using System.Text;

namespace LogprobDashboard.Workbench.Tests.Datasets;

public sealed class UploadStagingTests : IDisposable
{
    private readonly DatasetsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Stage_AnyBytes_KeepsHashesAndCountsThem()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("row after row\n", 50_000)));
        using var content = new MemoryStream(bytes);

        using (var file = await _bench.Staging.StageAsync(content, "rows.txt", CancellationToken.None))
        {
            Assert.Equal(bytes, await File.ReadAllBytesAsync(file.Path));
            Assert.Equal((bytes.Length, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Bytes, file.ContentHash));
        }

        Assert.Empty(_bench.UploadedFiles());
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task Stage_AtTheLimit_RefusesOneByteMore(int length, bool isTaken)
    {
        _bench.Database.Options.MaxUploadBytes = 1_000;
        using var content = new MemoryStream(new byte[length]);

        var staging = _bench.Staging.StageAsync(content, "rows.txt", CancellationToken.None);

        if (isTaken)
        {
            (await staging).Dispose();
            return;
        }
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => staging);
        Assert.Equal(UserErrorKind.TooLarge, refusal.Kind);
        Assert.Contains("1,000 bytes", refusal.Title, StringComparison.Ordinal);
        Assert.Empty(_bench.UploadedFiles());
    }

    [Fact]
    public async Task Stage_StreamThatBreaks_LeavesNoFile()
    {
        using var content = new BreakingStream(new byte[300_000], breakAt: 200_000);

        await Assert.ThrowsAsync<IOException>(() => _bench.Staging.StageAsync(content, "rows.txt", CancellationToken.None));

        Assert.Empty(_bench.UploadedFiles());
    }

    [Fact]
    public async Task Stage_Cancelled_LeavesNoFile()
    {
        using var stop = new CancellationTokenSource();
        using var content = new BreakingStream(new byte[300_000], breakAt: 200_000, () => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Staging.StageAsync(content, "rows.txt", stop.Token));

        Assert.Empty(_bench.UploadedFiles());
    }

    [Fact]
    public void RefuseTooLong_AnnouncedLength_LeavesRoomForTheEnvelope()
    {
        _bench.Database.Options.MaxUploadBytes = 1_000;

        _bench.Staging.RefuseTooLong(null, 100);
        _bench.Staging.RefuseTooLong(1_100, 100);
        Assert.Equal(UserErrorKind.TooLarge, Assert.Throws<UserErrorException>(() => _bench.Staging.RefuseTooLong(1_101, 100)).Kind);
    }
}
