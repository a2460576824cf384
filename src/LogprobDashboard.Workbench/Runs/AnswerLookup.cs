using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Looks stored answers up by their request, one at a time, over a connection and a statement that stay open: every sample of every run asks,
/// and opening a context costs ten times the look-up. Between two look-ups no read is open, so that a checkpoint never waits.
/// </summary>
internal sealed class AnswerLookup(IDbContextFactory<WorkbenchDb> contexts, AnswerHorizon horizon) : IDisposable
{
    private readonly Lock _lock = new();
    private WorkbenchDb? _db;
    private SqliteCommand? _newest;
    private bool _disposed;

    /// <summary>The newest answer to the request that may be reused; null where there is none.</summary>
    public SharedAnswer? Find(byte[] requestHash)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return Read(_newest ??= Open(), requestHash, horizon.Last);
            }
            catch
            {
                Close(); // the next look-up begins anew
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Close();
        }
    }

    private SqliteCommand Open()
    {
        _db = contexts.CreateDbContext();
        _db.Database.OpenConnection();
        var command = ((SqliteConnection)_db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = """
            SELECT "Id", "Positions", "Text", "FinishReason", "ServedModel", "PromptTokens", "CompletionTokens"
            FROM "Answers" WHERE "RequestHash" = $hash AND "Id" > $horizon ORDER BY "Id" DESC LIMIT 1
            """;
        command.Parameters.Add("$hash", SqliteType.Blob);
        command.Parameters.Add("$horizon", SqliteType.Integer);
        return command;
    }

    private static SharedAnswer? Read(SqliteCommand newest, byte[] requestHash, long horizon)
    {
        newest.Parameters[0].Value = requestHash;
        newest.Parameters[1].Value = horizon;
        using var rows = newest.ExecuteReader();
        return rows.Read()
            ? new SharedAnswer(requestHash, new ReceivedAnswer(AnswerCodec.Decode(rows.GetFieldValue<byte[]>(1)), rows.GetString(2), Text(rows, 3), Text(rows, 4), Number(rows, 5), Number(rows, 6)), rows.GetInt64(0))
            : null;
    }

    private static string? Text(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    private static int? Number(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt32(column);

    private void Close()
    {
        _newest?.Dispose();
        _db?.Dispose();
        (_newest, _db) = (null, null);
    }
}
