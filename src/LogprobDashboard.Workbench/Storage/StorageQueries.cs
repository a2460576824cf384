using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>How the database is.</summary>
public sealed class StorageQueries(IDbContextFactory<WorkbenchDb> contexts)
{
    /// <summary>Whether it answers and every migration has run.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Database.CanConnectAsync(cancellationToken).ConfigureAwait(false)
            && !(await db.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).Any();
    }
}
