using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Storage;

internal static class ReadTransaction
{
    /// <summary>
    /// Several reads of one moment. Deferred, so that it takes no lock that a writer wants: EF's own transactions begin immediately.
    /// </summary>
    public static async Task<SqliteTransaction> BeginReadAsync(this WorkbenchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
        return transaction;
    }
}
