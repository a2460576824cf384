using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Tests;

/// <summary>A data directory of its own with a real database in it, as the product opens it; both are gone afterwards.</summary>
public sealed class TestDatabase : IDbContextFactory<WorkbenchDb>, IDisposable
{
    private readonly DbContextOptions<WorkbenchDb> _options;

    public TestDatabase()
    {
        Options = new WorkbenchOptions { DataDirectory = Directory.CreateTempSubdirectory("logprob-dashboard-").FullName };
        var connection = new SqliteConnectionStringBuilder { DataSource = Options.DatabasePath, Pooling = false };
        _options = new DbContextOptionsBuilder<WorkbenchDb>().UseSqlite(connection.ToString()).AddInterceptors(new SqlitePragmas()).Options;
        using var db = CreateDbContext();
        db.Database.Migrate();
    }

    public WorkbenchOptions Options { get; }

    public WriteGate Gate { get; } = new();

    public WorkbenchDb CreateDbContext() => new(_options);

    public void Dispose()
    {
        Gate.Dispose();
        Directory.Delete(Options.DataDirectory, recursive: true);
    }
}
