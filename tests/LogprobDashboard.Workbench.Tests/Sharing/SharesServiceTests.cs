using System.Security.Cryptography;
using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Sharing;

namespace LogprobDashboard.Workbench.Tests.Sharing;

public sealed class SharesServiceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Link_UntilItExpires_IsFoundAndNotAMomentLonger()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var usual = await bench.ShareAsync();
        var (share, token) = await bench.ShareAsync(new ShareInput(ExpiresInDays: 7));
        Assert.Equal(bench.Time.GetUtcNow().AddDays(30), usual.Share.ExpiresAt);
        Assert.Equal(bench.Time.GetUtcNow().AddDays(7), share.ExpiresAt);

        bench.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        Assert.NotNull(await bench.FindAsync(token));
        bench.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await bench.FindAsync(token));
        Assert.NotNull(await bench.FindAsync(usual.Token));
        Assert.Equal([true, false], (await bench.ListAsync()).Items.Select(listed => listed.IsExpired)); // listed still, so that a person sees why it fails
    }

    [Fact]
    public async Task Link_Revoked_IsGoneForGoodAndTheOthersStay()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var (kept, revoked) = (await bench.ShareAsync(), await bench.ShareAsync(new ShareInput(Frozen: true), "<p/>"u8.ToArray()));

        await bench.Shares.RevokeAsync(revoked.Share.Id, CancellationToken.None);

        Assert.Null(await bench.FindAsync(revoked.Token));
        Assert.NotNull(await bench.FindAsync(kept.Token));
        Assert.Equal([kept.Share.Id], (await bench.ListAsync()).Items.Select(share => share.Id));
        var again = await Assert.ThrowsAsync<UserErrorException>(() => bench.Shares.RevokeAsync(revoked.Share.Id, CancellationToken.None));
        Assert.Equal((UserErrorKind.NotFound, $"There is no link with the id \"{revoked.Share.Id}\"."), (again.Kind, again.Title));
    }

    [Fact]
    public async Task Link_RevokedByManyAtOnce_IsRevokedByOneOfThem()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var link = await bench.ShareAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            await Record.ExceptionAsync(() => bench.Shares.RevokeAsync(link.Share.Id, CancellationToken.None)))));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<Exception>(), outcome => Assert.Equal(UserErrorKind.NotFound, Assert.IsType<UserErrorException>(outcome).Kind));
    }

    [Fact]
    public async Task Document_OfAFrozenLink_IsWhatWasStoredAfterTheRunIsDeleted()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var document = Encoding.UTF8.GetBytes("<p>é 🙂 </p>" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(200_000)));
        var frozen = await bench.ShareAsync(new ShareInput("?chart=roc", Frozen: true, IncludeTexts: true), document);
        var live = await bench.ShareAsync(new ShareInput("?chart=roc"));

        await bench.Harness.Runs.DeleteAsync(bench.Compared.RunId, CancellationToken.None);

        Assert.Equal(document, (await bench.FindAsync(frozen.Token))!.Document);
        Assert.Equal(ShareKind.Frozen, frozen.Share.Kind);
        var found = (await bench.FindAsync(live.Token))!;
        Assert.Equal((null, "?chart=roc", false), (found.Document, found.View, found.IncludesTexts)); // what a live one shows then, its page says
    }

    [Fact]
    public async Task Experiment_Deleted_TakesItsLinksWithIt()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var (live, frozen) = (await bench.ShareAsync(), await bench.ShareAsync(new ShareInput(Frozen: true), "<p/>"u8.ToArray()));

        await bench.Harness.Experiments.DeleteAsync(bench.Experiment, CancellationToken.None);

        Assert.Null(await bench.FindAsync(live.Token));
        Assert.Null(await bench.FindAsync(frozen.Token));
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => bench.ListAsync())).Kind);
        Assert.Equal(UserErrorKind.NotFound, (await Assert.ThrowsAsync<UserErrorException>(() => bench.ShareAsync())).Kind);
    }

    [Fact]
    public async Task Openings_AtTheSameTime_AreAllCounted()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var link = await bench.ShareAsync();
        Assert.Equal((0, null), (link.Share.TimesOpened, link.Share.LastOpenedAt));
        bench.Time.Advance(TimeSpan.FromHours(5));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => bench.Shares.CountOpeningAsync(link.Share.Id, CancellationToken.None))));

        var listed = Assert.Single((await bench.ListAsync()).Items);
        Assert.Equal((12, bench.Time.GetUtcNow()), (listed.TimesOpened, listed.LastOpenedAt));
        await bench.Shares.RevokeAsync(link.Share.Id, CancellationToken.None);
        await bench.Shares.CountOpeningAsync(link.Share.Id, CancellationToken.None); // revoked while its page was on its way: nobody is told off
    }

    [Fact]
    public async Task List_LongerThanAPage_GoesOnWhereThePageEndsAndNamesNoToken()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var links = new List<CreatedShare>();
        for (var number = 0; number < 5; number++)
            links.Add(await bench.ShareAsync(new ShareInput(Name: $"link {number}")));

        var pages = new List<PagedResult<ShareRecord>> { await bench.ListAsync(take: 2) };
        while (pages[^1].NextCursor is { } cursor)
            pages.Add(await bench.ListAsync(cursor, take: 2));

        Assert.Equal([2, 2, 1], pages.Select(page => page.Items.Count));
        Assert.Equal(["link 4", "link 3", "link 2", "link 1", "link 0"], pages.SelectMany(page => page.Items).Select(share => share.Name));
        var said = string.Concat(pages.SelectMany(page => page.Items));
        Assert.All(links, link => Assert.DoesNotContain(link.Token, said, StringComparison.Ordinal));
        Assert.Equal(UserErrorKind.Malformed, (await Assert.ThrowsAsync<UserErrorException>(() => bench.ListAsync("x"))).Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(366)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Days_OutOfRange_AreRefusedWithTheRange(int days)
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => bench.ShareAsync(new ShareInput(ExpiresInDays: days)));
        Assert.Equal((UserErrorKind.Impossible, "Give 1 to 365 days; 30 if left out."), (problem.Kind, problem.Detail));
        Assert.Equal(["expiresInDays"], problem.Errors.Keys);
        Assert.Empty((await bench.ListAsync()).Items);
    }

    [Fact]
    public async Task Name_TooLong_IsRefusedAndWhiteSpaceAroundItDoesNotCount()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var longest = new string('n', ShareInput.LongestName);
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => bench.ShareAsync(new ShareInput(Name: longest + "n")));
        Assert.Equal(["name"], problem.Errors.Keys);

        Assert.Equal(longest, (await bench.ShareAsync(new ShareInput(Name: $" {longest}\n"))).Share.Name);
        Assert.Null((await bench.ShareAsync(new ShareInput(Name: " \t "))).Share.Name);
    }
}
