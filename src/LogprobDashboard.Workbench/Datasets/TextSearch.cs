using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// Finds a part of a text whatever its case in whatever script: SQLite's own LIKE folds ASCII letters only, so the comparison is lent to the connection, as <c>text_holds</c>.
/// SQLite runs a statement to its end in one go; the comparison is also where a search that nobody waits for any more is left.
/// </summary>
internal static class TextSearch
{
    public static async Task LendAsync(WorkbenchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction(
            "text_holds",
            (string text, string part) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return text.Contains(part, StringComparison.OrdinalIgnoreCase);
            },
            isDeterministic: true);
    }

    /// <summary>Runs a search off the caller's thread, which SQLite would hold until the end. A search that was left throws like any other that was cancelled.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> search, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(search, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
