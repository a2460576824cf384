using LogprobDashboard.TestSupport;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>After a change of an entity: <c>dotnet ef migrations add NAME --project src/LogprobDashboard.Workbench -o Storage/Migrations</c>.</summary>
    [Fact]
    public void Model_HasNoPendingMigration()
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Prepare_AfterAProcessWasKilledWhileMigrating_GoesOn()
    {
        await using (await WorkbenchHarness.StartAsync(_directory))
        {
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "logprob-dashboard.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        await using var again = await WorkbenchHarness.StartAsync(_directory).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Prepare_DirectoryInUse_SaysSo()
    {
        await using var first = await WorkbenchHarness.StartAsync(_directory);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => WorkbenchHarness.StartAsync(_directory));

        Assert.Contains(_directory.Path, error.Title, StringComparison.Ordinal);
    }
}
