using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// The prepared statements that write samples: one for a group of rows, one for those that are left over. They bind through the library below Microsoft.Data.Sqlite,
/// whose command costs more for each row than SQLite itself; and a group opens SQLite's cursors once.
/// </summary>
internal sealed class SampleInsert : IDisposable
{
    private const int GroupRows = 16;
    private const int ValuesInRow = 6;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _group;
    private readonly sqlite3_stmt _single;
    private byte[] _utf8 = new byte[4 * 1024];

    public SampleInsert(SqliteConnection connection, long datasetId)
    {
        _connection = connection;
        _group = Prepare(GroupRows, datasetId);
        _single = Prepare(1, datasetId);
    }

    /// <summary>Writes the rows in one transaction.</summary>
    public void Write(ReadOnlySpan<SampleRow> rows, int firstIndex)
    {
        using var transaction = _connection.BeginTransaction();
        var at = 0;
        for (; at + GroupRows <= rows.Length; at += GroupRows)
            Execute(_group, rows.Slice(at, GroupRows), firstIndex + at);
        for (; at < rows.Length; at++)
            Execute(_single, rows.Slice(at, 1), firstIndex + at);
        transaction.Commit();
    }

    public void Dispose()
    {
        _group.Dispose();
        _single.Dispose();
    }

    private sqlite3_stmt Prepare(int rows, long datasetId)
    {
        const string Row = "(?1, ?, ?, ?, ?, ?, ?)";
        var sql = $"""
            INSERT INTO "Samples" ("DatasetId", "Index", "ExternalId", "Text", "Label", "Source", "Metadata")
            VALUES {string.Join(", ", Enumerable.Repeat(Row, rows))}
            """;
        Check(raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement));
        Check(raw.sqlite3_bind_int64(statement, 1, datasetId));
        return statement;
    }

    private void Execute(sqlite3_stmt statement, ReadOnlySpan<SampleRow> rows, int firstIndex)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            ref readonly var sample = ref rows[row];
            var place = 2 + row * ValuesInRow;
            Check(raw.sqlite3_bind_int64(statement, place, firstIndex + row));
            Bind(statement, place + 1, sample.ExternalId);
            Bind(statement, place + 2, sample.Text);
            Bind(statement, place + 3, sample.Label);
            Bind(statement, place + 4, sample.Source);
            Bind(statement, place + 5, sample.Metadata);
        }
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
    }

    /// <summary>SQLite copies the bytes, so one buffer serves every value.</summary>
    private void Bind(sqlite3_stmt statement, int place, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, place));
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _utf8.Length)
            _utf8 = new byte[most];
        var length = Encoding.UTF8.GetBytes(value, _utf8);
        Check(raw.sqlite3_bind_text(statement, place, _utf8.AsSpan(0, length)));
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
    }
}
