using System.Buffers.Text;
using System.Text;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Sharing;
using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Workbench.Tests.Sharing;

/// <summary>A token is all that guards a link: it cannot be guessed, nothing like it opens the link, and the database does not know it.</summary>
public sealed class ShareTokenTests : IDisposable
{
    private const int FewestBits = 128;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Tokens_OfManyLinks_AreLongUrlSafeAndUnlikeEachOther()
    {
        var tokens = Enumerable.Range(0, 2000).Select(_ => ShareToken.Create()).ToList();

        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]+$", token));
        Assert.All(tokens, token => Assert.True(8 * Base64Url.DecodeFromChars(token).Length >= FewestBits));
        Assert.Equal(tokens.Count, tokens.Distinct().Count());

        // A counter or a clock in it would leave places in which hardly anything changes.
        for (var place = 0; place < tokens[0].Length - 1; place++)
            Assert.InRange(tokens.Select(token => token[place]).Distinct().Count(), 60, 64);
    }

    [Fact]
    public async Task Token_ThatIsCutAlteredOrMalformed_LeadsNowhere()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        var token = (await bench.ShareAsync()).Token;
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var sameBytes = token[..^1] + last[last.IndexOf(token[^1], StringComparison.Ordinal) ^ 1]; // the last character has two bits to spare

        Assert.NotNull(await bench.FindAsync(token));
        Assert.Equal(Base64Url.DecodeFromChars(token)[..^1], Decoded(sameBytes)[..^1]);
        string?[] others =
        [
            null, "", " ", "a", "%", "\0", "\ud800", "../" + token, token[..^1], token[1..], token + "=", token + "A", " " + token, token + "/", token + "\0",
            sameBytes, Swapped(token), new string('A', token.Length), new string('a', 100_000), Convert.ToHexString(ShareToken.HashOf(token)), Base64Url.EncodeToString(ShareToken.HashOf(token)),
        ];
        foreach (var other in others)
            Assert.Null(await bench.FindAsync(other));
    }

    [Fact]
    public async Task Database_WithLinks_HoldsNoToken()
    {
        await using var bench = await SharesBench.StartAsync(_directory);
        await using var held = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "logprob-dashboard.db")};Pooling=False");
        await held.OpenAsync(); // the log of writes stays while somebody has the database open, whatever other tests close
        await new SqliteCommand("SELECT count(*) FROM \"ShareLinks\"", held).ExecuteScalarAsync();
        var live = (await bench.ShareAsync(new ShareInput(Name: "a name that is stored"))).Token;
        var frozen = (await bench.ShareAsync(new ShareInput(Frozen: true), "<p>figures</p>"u8.ToArray())).Token;
        await bench.FindAsync(live);
        await bench.Shares.CountOpeningAsync((await bench.ListAsync()).Items[0].Id, CancellationToken.None);

        var names = Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)).ToList();
        Assert.Contains(names, name => name.EndsWith("-wal", StringComparison.Ordinal));
        var files = names.Select(ReadAll).ToList();
        Assert.Contains(files, bytes => Holds(bytes, "a name that is stored")); // else the search proves nothing
        foreach (var token in new[] { live, frozen })
        {
            Assert.DoesNotContain(files, bytes => Holds(bytes, token));
            Assert.DoesNotContain(files, bytes => bytes.AsSpan().IndexOf(Base64Url.DecodeFromChars(token)) >= 0);
        }
    }

    private static byte[] ReadAll(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool Holds(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static string Swapped(string token) => string.Concat(token.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    /// <summary>As lenient readers do it, which ignore the bits to spare.</summary>
    private static byte[] Decoded(string token) => Convert.FromBase64String(token.Replace('-', '+').Replace('_', '/') + "=");
}
