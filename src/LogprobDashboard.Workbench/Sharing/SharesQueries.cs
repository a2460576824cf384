using System.Linq.Expressions;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>Reads of links.</summary>
public sealed class SharesQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly TimeProvider _time;

    internal SharesQueries(IDbContextFactory<WorkbenchDb> contexts, TimeProvider time) => (_contexts, _time) = (contexts, time);

    /// <summary>An experiment's links that were not revoked, the newest first; expired ones too.</summary>
    /// <exception cref="UserErrorException">There is no such experiment.</exception>
    public async Task<PagedResult<ShareRecord>> ListAsync(string experimentId, string? cursor, int take, CancellationToken cancellationToken)
    {
        var (experiment, before) = (Ids.Parse(experimentId, "experiment"), Cursor.Before(cursor));
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (!await db.Set<Experiment>().AnyAsync(row => row.Id == experiment, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.NotFound("experiment", experimentId);
        var rows = await db.Set<ShareLink>().Where(link => link.ExperimentId == experiment && link.Id < before)
            .OrderByDescending(link => link.Id).Take(take + 1).Select(Row).ToListAsync(cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        return Cursor.Page(rows, take, row => row.Id, row => row.ToRecord(now));
    }

    /// <summary>What a token leads to; null where it leads nowhere: nobody gave it out, or it is revoked or expired.</summary>
    public async Task<OpenedShare?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        var hash = ShareToken.HashOf(token);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var row = await db.Set<ShareLink>().Where(link => link.TokenHash == hash).Select(Row).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (row is null || row.ExpiresAt <= _time.GetUtcNow())
            return null;
        var document = row.IsFrozen ? await db.Set<ShareLink>().Where(link => link.Id == row.Id).Select(link => link.Document).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) : null;
        return row.IsFrozen && document is null
            ? null // revoked this moment
            : new OpenedShare(Ids.Format(row.Id), Ids.Format(row.ExperimentId), row.View, row.IncludesTexts, row.CreatedAt, row.ExpiresAt, document is null ? null : StoredDocument.Unpack(document));
    }

    /// <summary>All but the document.</summary>
    internal static readonly Expression<Func<ShareLink, ShareRow>> Row = link => new ShareRow(
        link.Id, link.ExperimentId, link.Name, link.Document != null, link.View, link.IncludesTexts, link.CreatedAt, link.ExpiresAt, link.TimesOpened, link.LastOpenedAt);

    internal sealed record ShareRow(long Id, long ExperimentId, string? Name, bool IsFrozen, string View, bool IncludesTexts, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int TimesOpened, DateTimeOffset? LastOpenedAt)
    {
        public ShareRecord ToRecord(DateTimeOffset now) => new(
            Ids.Format(Id), Ids.Format(ExperimentId), Name, IsFrozen ? ShareKind.Frozen : ShareKind.Live, View, IncludesTexts, CreatedAt, ExpiresAt, ExpiresAt <= now, TimesOpened, LastOpenedAt);
    }
}
