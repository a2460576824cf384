using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Set on every connection that EF opens; the reason stands beside each.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;      -- readers never wait for the writer
        PRAGMA synchronous = NORMAL;    -- with WAL: nothing is lost when the process dies, the last commits may be when the machine does
        PRAGMA foreign_keys = ON;       -- off by default
        PRAGMA busy_timeout = 10000;    -- another process (a shell, a backup) may hold the lock for a moment
        PRAGMA temp_store = MEMORY;
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
