using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Start;

/// <summary>Reads drafts of experiments.</summary>
public sealed class DraftsQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;

    internal DraftsQueries(IDbContextFactory<WorkbenchDb> contexts) => _contexts = contexts;

    /// <summary>The newest first.</summary>
    public async Task<PagedResult<DraftRecord>> ListAsync(string? cursor, int take, CancellationToken cancellationToken)
    {
        var before = Cursor.Before(cursor);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await db.Set<ExperimentDraft>().AsNoTracking().Where(draft => draft.Id < before)
            .OrderByDescending(draft => draft.Id).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, draft => draft.Id, draft => draft.ToRecord());
    }

    public async Task<DraftRecord> GetAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "draft");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var draft = await db.Set<ExperimentDraft>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken).ConfigureAwait(false);
        return draft?.ToRecord() ?? throw UserErrorException.NotFound("draft", id);
    }
}
