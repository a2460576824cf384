using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>Commands on links.</summary>
public sealed class SharesService
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly TimeProvider _time;

    internal SharesService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, TimeProvider time) => (_contexts, _gate, _time) = (contexts, gate, time);

    /// <exception cref="UserErrorException">A link cannot be like that.</exception>
    public static void Check(ShareInput input)
    {
        if (input.Days is < 1 or > ShareInput.MostDays)
            throw UserErrorException.Field("expiresInDays", $"A link cannot last {input.Days} days.", $"Give 1 to {ShareInput.MostDays} days; {ShareInput.UsualDays} if left out.");
        if (input.Name?.Trim() is { Length: > ShareInput.LongestName })
            throw UserErrorException.Field("name", "The name is too long.", $"Use {ShareInput.LongestName} characters at most.");
    }

    /// <summary>Makes a link to an experiment's view; the answer alone has its token.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="input">What the link is to be; its view is a query by now.</param>
    /// <param name="document">What a frozen one shows; null for a live one.</param>
    /// <param name="cancellationToken">Until it is stored.</param>
    /// <exception cref="UserErrorException">There is no such experiment, or a link cannot be like that.</exception>
    public async Task<CreatedShare> CreateAsync(string experimentId, ShareInput input, byte[]? document, CancellationToken cancellationToken)
    {
        Check(input);
        var (token, now) = (ShareToken.Create(), _time.GetUtcNow());
        var link = new ShareLink
        {
            ExperimentId = Ids.Parse(experimentId, "experiment"),
            TokenHash = ShareToken.HashOf(token),
            Name = string.IsNullOrWhiteSpace(input.Name) ? null : input.Name.Trim(),
            View = input.View ?? "",
            Document = document is null ? null : StoredDocument.Pack(document),
            IncludesTexts = input.IncludeTexts,
            CreatedAt = now,
            ExpiresAt = now.AddDays(input.Days),
        };
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (!await db.Set<Experiment>().AnyAsync(experiment => experiment.Id == link.ExperimentId, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.NotFound("experiment", experimentId);
        db.Add(link);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return new CreatedShare(SharesQueries.Row.Compile()(link).ToRecord(now), token);
    }

    /// <summary>From now on the link leads nowhere; nothing of it is kept.</summary>
    /// <exception cref="UserErrorException">There is no such link.</exception>
    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "link");
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<ShareLink>().Where(link => link.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 0)
            throw UserErrorException.NotFound("link", id);
    }

    /// <summary>Counts that a link was opened.</summary>
    public async Task CountOpeningAsync(string id, CancellationToken cancellationToken)
    {
        var (key, now) = (Ids.Parse(id, "link"), (DateTimeOffset?)_time.GetUtcNow());
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await db.Set<ShareLink>().Where(link => link.Id == key)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.TimesOpened, link => link.TimesOpened + 1).SetProperty(link => link.LastOpenedAt, now), cancellationToken).ConfigureAwait(false);
    }
}
