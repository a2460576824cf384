using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Reads rows through the library below Microsoft.Data.Sqlite: its reader costs more for each row than SQLite itself, and copies each blob, and a compare page waits for hundreds of thousands
/// of results. Within the transaction that the connection is in.
/// </summary>
internal sealed class RawRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _rows;

    /// <param name="connection">Open.</param>
    /// <param name="sql">One query; its parameters are <c>?1</c>, <c>?2</c> …</param>
    /// <param name="parameters">Their values.</param>
    public RawRows(SqliteConnection connection, string sql, params ReadOnlySpan<long> parameters)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _rows));
        for (var place = 0; place < parameters.Length; place++)
            Check(raw.sqlite3_bind_int64(_rows, place + 1, parameters[place]));
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_rows);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_rows, column) == raw.SQLITE_NULL;

    public int Integer(int column) => raw.sqlite3_column_int(_rows, column);

    /// <summary>NaN where there is none.</summary>
    public double Number(int column) => IsNull(column) ? double.NaN : raw.sqlite3_column_double(_rows, column);

    /// <summary>Holds until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_rows, column);

    public void Dispose() => _rows.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
