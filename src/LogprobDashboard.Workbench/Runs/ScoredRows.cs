using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Reads a run's results row by row, through the library below Microsoft.Data.Sqlite: its reader costs more for each row than SQLite itself, and a compare page waits for
/// hundreds of thousands of them.
/// </summary>
internal sealed class ScoredRows : IDisposable
{
    private const string Sql = """
        SELECT "SampleIndex", "Status", "Predicted", "Masses", "UnseenMass", "Coverage", "Entropy", "LogMargin", "TokenEntropy", "TokenMargin"
        FROM "Results" WHERE "RunId" = ?1 ORDER BY "SampleIndex"
        """;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _rows;

    public ScoredRows(SqliteConnection connection, long runId)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, Sql, out _rows));
        Check(raw.sqlite3_bind_int64(_rows, 1, runId));
    }

    public int SampleIndex => raw.sqlite3_column_int(_rows, 0);

    /// <summary>Steps to the next row; false after the last.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_rows);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Copies all but the sample's label and source, which are the dataset's.</summary>
    public void CopyTo(RunScores scores, int row)
    {
        scores.SampleIndex[row] = SampleIndex;
        scores.Status[row] = (ResultStatus)raw.sqlite3_column_int(_rows, 1);
        scores.Predicted[row] = IsNull(2) ? -1 : raw.sqlite3_column_int(_rows, 2);
        if (!IsNull(3))
            scores.SetMasses(row, raw.sqlite3_column_blob(_rows, 3));
        scores.UnseenMass[row] = Number(4);
        scores.Coverage[row] = Number(5);
        scores.Entropy[row] = Number(6);
        scores.LogMargin[row] = Number(7);
        scores.TokenEntropy[row] = Number(8);
        scores.TokenMargin[row] = Number(9);
    }

    public void Dispose() => _rows.Dispose();

    private double Number(int column) => IsNull(column) ? double.NaN : raw.sqlite3_column_double(_rows, column);

    private bool IsNull(int column) => raw.sqlite3_column_type(_rows, column) == raw.SQLITE_NULL;

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
