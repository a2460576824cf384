using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class UploadWordsTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(9_949, "9.9 kB")]
    [InlineData(9_950, "10 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(2_147_483_648, "2.1 GB")]
    public void FileSize_OfBytes_IsShort(long bytes, string expected) => Assert.Equal(expected, FileSize.Of(bytes));

    [Fact]
    public void UploadProgress_HalfWay_SaysHowFastAndHowLong()
    {
        var progress = new UploadProgress("rows.csv", 20_000_000, 50_000_000, TimeSpan.FromSeconds(2));
        Assert.Equal(("40 %", "20 MB of 50 MB · 10 MB/s · about 3 s left"), (progress.Percent, progress.Words));
    }

    [Fact]
    public void UploadProgress_AtItsBeginning_PromisesNothing()
    {
        var progress = new UploadProgress("rows.csv", 1_000_000, 50_000_000, TimeSpan.FromMilliseconds(100));
        Assert.Equal("1.0 MB of 50 MB", progress.Words);
        Assert.Equal(0, new UploadProgress("rows.csv", 0, 0, TimeSpan.Zero).Share);
    }

    [Fact]
    public void UploadProgress_WithEverythingSent_WaitsForTheServer() =>
        Assert.Contains("waiting for the server", new UploadProgress("rows.csv", 50, 50, TimeSpan.FromSeconds(2)).Words, StringComparison.Ordinal);

    [Fact]
    public void UploadFailure_OfAProblemOfTheServer_HasItsWords()
    {
        var failure = UploadFailure.Refused(507, """{"title":"No space is left.","detail":"Make room."}""");
        Assert.Equal(new UploadFailure("No space is left.", "Make room.", CanRetry: true), failure);
        Assert.False(UploadFailure.Refused(413, """{"title":"Too large.","detail":"Split it."}""").CanRetry);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void UploadFailure_OfAnAnswerThatIsNoProblem_SaysTheStatus(string? answer) =>
        Assert.Contains("502", UploadFailure.Refused(502, answer).Title, StringComparison.Ordinal);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, null)]
    [InlineData(4, 2)]
    [InlineData(17, 15)]
    public void SampleOfRow_BehindRowsThatWereLeftOut_IsShifted(int row, int? sample) =>
        Assert.Equal(sample, SampleOfRow.Find([new ImportWarning("emptyText", "", 3, 1, [3])], row));

    [Fact]
    public void SampleOfRow_BehindTheLastRowThatWasNamed_IsNotKnown()
    {
        IReadOnlyList<ImportWarning> warnings = [new("emptyText", "", 3, 500, [3, 5])];
        Assert.Equal(2, SampleOfRow.Find(warnings, 4));
        Assert.Null(SampleOfRow.Find(warnings, 6));
    }

    [Theory]
    [InlineData("text", "text")]
    [InlineData(12L, "12")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "true")]
    [InlineData(null, "")]
    public void MetadataText_OfAValue_IsInvariant(object? value, string expected) => Assert.Equal(expected, MetadataText.Of(value));

    [Fact]
    public void MetadataText_OfAList_IsJson() => Assert.Equal("""["à",1]""", MetadataText.Of(new List<object?> { "à", 1L }));
}
