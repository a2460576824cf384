using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Writes and reads <see cref="RunColumns"/>, a part at a time.</summary>
internal static class KeptColumns
{
    /// <summary>Rows of fewer results are read within a few milliseconds.</summary>
    public const int FewestResults = 2000;

    private const int PartResults = 8192;

    private const string Sql = """
        SELECT "Count", "Columns" FROM "RunColumns" WHERE "RunId" = ?1 AND "ResultsRevision" = ?2 AND "LabelRevision" = ?3 ORDER BY "Part"
        """;

    /// <summary>How many parts so many results have.</summary>
    public static int Parts(int count) => (count + PartResults - 1) / PartResults;

    /// <summary>Keeps one part, where the run has still the results that the columns are made of.</summary>
    /// <returns>Whether it has.</returns>
    public static async Task<bool> WriteAsync(DbContext db, long runId, RunScores scores, int part, CancellationToken cancellationToken)
    {
        var count = Math.Min(PartResults, scores.Count - (part * PartResults));
        var (columns, revision) = (ColumnsCodec.Encode(scores, part * PartResults, count), scores.Revision);
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT OR REPLACE INTO "RunColumns" ("RunId", "Part", "ResultsRevision", "LabelRevision", "Count", "Columns")
            SELECT "Id", {part}, {revision.Results}, {revision.Labels}, {count}, {columns} FROM "Runs" WHERE "Id" = {runId} AND "ResultsRevision" = {revision.Results}
            """,
            cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Takes away what is kept of a run's former results.</summary>
    public static Task ClearFormerAsync(DbContext db, long runId, RunRevision revision, CancellationToken cancellationToken) =>
        db.Set<RunColumns>()
            .Where(columns => columns.RunId == runId && (columns.ResultsRevision != revision.Results || columns.LabelRevision != revision.Labels))
            .ExecuteDeleteAsync(cancellationToken);

    /// <summary>Reads the columns of a run's results where they are kept.</summary>
    /// <param name="connection">In a transaction: the moment to read.</param>
    /// <param name="runId">Which run.</param>
    /// <param name="revision">Which results.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="columns">Makes columns of so many results.</param>
    /// <returns>Null where not all of these results are kept, or not readably.</returns>
    public static RunScores? Read(SqliteConnection connection, long runId, RunRevision revision, int count, Func<int, RunScores> columns)
    {
        if (count < FewestResults || !ColumnsCodec.IsUsable)
            return null;
        using var parts = new RawRows(connection, Sql, runId, revision.Results, revision.Labels);
        RunScores? scores = null;
        var row = 0;
        try
        {
            for (; parts.Read(); row += parts.Integer(0))
                ColumnsCodec.Decode(parts.Bytes(1), scores ??= columns(count), row, parts.Integer(0));
        }
        catch (InvalidDataException)
        {
            return null; // a damaged part: the results are there
        }

        return row == count ? scores : null;
    }
}
