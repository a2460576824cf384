using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Remembers what was done once for this database.</summary>
public sealed class Markers(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, TimeProvider time)
{
    public async Task<bool> IsSetAsync(string name, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<Marker>().AnyAsync(marker => marker.Name == name, cancellationToken).ConfigureAwait(false);
    }

    public async Task SetAsync(string name, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<Marker>().AnyAsync(marker => marker.Name == name, cancellationToken).ConfigureAwait(false))
            return;
        db.Add(new Marker { Name = name, SetAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
