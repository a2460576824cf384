using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LogprobDashboard.TestSupport;
using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>One process a database: the program itself in a second process.</summary>
public sealed class SecondProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4); // a process that hangs; a busy machine takes a minute to start one

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Process_OnADirectoryInUse_EndsWithASentence()
    {
        using var first = ProductHost.Start(_directory.Path);
        using var client = first.Client();

        var (code, said) = await RunAsync();

        Assert.NotEqual(0, code);
        Assert.Contains($"Another LogprobDashboard already uses the data directory {_directory.Path}.", said, StringComparison.Ordinal);
        Assert.Contains("give this one a directory of its own", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        Assert.Equal("healthy", (await client.GetObjectAsync("/health")).Text("status")); // the first goes on
    }

    [Fact]
    public async Task Process_BeforeTheFirstHasMigrated_LeavesTheDatabaseAlone()
    {
        using var held = new FileStream(Path.Combine(_directory.Path, "in-use.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var (code, said) = await RunAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("Another LogprobDashboard", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.db*"));
    }

    [Theory]
    [InlineData("--LogprobDashboard:OtlpEndpoint=collector", "LogprobDashboard:OtlpEndpoint must be an address")]
    [InlineData("--LogprobDashboard:MaxUploadBytes=0", "LogprobDashboard:MaxUploadBytes must be above 0.")]
    [InlineData("--LogprobDashboard:ShareUrls=http://127.0.0.1:80808", "LogprobDashboard:ShareUrls must be addresses such as")]
    [InlineData("--LogprobDashboard:ShareUrls=http://localhost:0", "Set LogprobDashboard:ShareUrls to an address that is free, or to nothing.")]
    public async Task Process_WithASettingThatCannotBe_EndsWithASentence(string argument, string sentence)
    {
        var (code, said) = await RunAsync(argument);

        Assert.NotEqual(0, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WhoseOwnPortIsTaken_EndsWithASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (code, said) = await RunAsync($"--urls=http://{taken.LocalEndpoint}");

        Assert.Equal(1, code);
        Assert.Contains($"LogprobDashboard cannot start: Failed to bind to address http://{taken.LocalEndpoint}: address already in use. Give it another address", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WhoseLinksHaveAPortThatIsTaken_EndsWithASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var (code, said) = await RunAsync($"--LogprobDashboard:ShareUrls={address}");

        Assert.Equal(1, code);
        Assert.Contains($"LogprobDashboard cannot start: Shared links cannot be served at {address}: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_AfterOneThatWasKilledWhileMigrating_StartsAndIsHealthy()
    {
        using (ProductHost.Start(_directory.Path))
        {
        }

        await LeaveAMigrationLockAsync();
        await using var second = await StartAsync();
        using var client = new HttpClient { BaseAddress = second.Address };

        Assert.Equal("healthy", (await client.GetObjectAsync("/health")).Text("status"));
    }

    private async Task LeaveAMigrationLockAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "logprob-dashboard.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
            """;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, string.Concat(said));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private async Task<Started> StartAsync()
    {
        var process = Launch();
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal) is var at && at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // must not fill the pipe
                return new Started(process, new Uri(line[at..].Split(' ', ';')[0]));
            }
        }

        throw new InvalidOperationException("The program ended without listening.");
    }

    private Process Launch(params string[] arguments)
    {
        var program = typeof(Program).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--LogprobDashboard:DataDirectory", _directory.Path, "--LogprobDashboard:CreateDemoExperiment", "false", .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        return Process.Start(start)!;
    }

    private sealed record Started(Process Process, Uri Address) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
            Process.Dispose();
        }
    }
}
