using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads the columns of a run from its results.</summary>
internal static class ScoredRows
{
    private const string CountSql = """SELECT count(*) FROM "Results" WHERE "RunId" = ?1""";

    private const string Sql = """
        SELECT "SampleIndex", "Status", "Predicted", "Masses", "UnseenMass", "Coverage", "Entropy", "LogMargin", "TokenEntropy", "TokenMargin"
        FROM "Results" WHERE "RunId" = ?1 ORDER BY "SampleIndex"
        """;

    /// <summary>All but the samples' labels and sources, which are the dataset's.</summary>
    /// <param name="connection">In a transaction: the moment to read.</param>
    /// <param name="runId">Which run.</param>
    /// <param name="columns">Makes columns of so many results.</param>
    public static RunScores Read(SqliteConnection connection, long runId, Func<int, RunScores> columns)
    {
        var scores = columns(Count(connection, runId));
        using var rows = new RawRows(connection, Sql, runId);
        for (var row = 0; rows.Read(); row++)
            Copy(rows, scores, row);
        return scores;
    }

    private static int Count(SqliteConnection connection, long runId)
    {
        using var count = new RawRows(connection, CountSql, runId);
        count.Read();
        return count.Integer(0);
    }

    private static void Copy(RawRows rows, RunScores scores, int row)
    {
        scores.SampleIndex[row] = rows.Integer(0);
        scores.Status[row] = (ResultStatus)rows.Integer(1);
        scores.Predicted[row] = rows.IsNull(2) ? -1 : rows.Integer(2);
        if (!rows.IsNull(3))
            scores.SetMasses(row, rows.Bytes(3));
        scores.UnseenMass[row] = rows.Number(4);
        scores.Coverage[row] = rows.Number(5);
        scores.Entropy[row] = rows.Number(6);
        scores.LogMargin[row] = rows.Number(7);
        scores.TokenEntropy[row] = rows.Number(8);
        scores.TokenMargin[row] = rows.Number(9);
    }
}
