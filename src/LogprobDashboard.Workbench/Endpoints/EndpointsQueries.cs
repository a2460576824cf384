using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Reads of endpoints.</summary>
public sealed class EndpointsQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ApiKeyVault _vault;

    internal EndpointsQueries(IDbContextFactory<WorkbenchDb> contexts, ApiKeyVault vault) => (_contexts, _vault) = (contexts, vault);

    public async Task<PagedResult<EndpointRecord>> ListAsync(string? cursor, int take, CancellationToken cancellationToken)
    {
        var before = Cursor.Before(cursor);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await db.Set<EndpointEntity>().AsNoTracking().Where(endpoint => endpoint.Id < before)
            .OrderByDescending(endpoint => endpoint.Id).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, endpoint => endpoint.Id, ToRecord);
    }

    public async Task<EndpointRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        ToRecord(await FindAsync(id, cancellationToken).ConfigureAwait(false));

    internal async Task<EndpointEntity> FindAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "endpoint");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<EndpointEntity>().AsNoTracking().SingleOrDefaultAsync(endpoint => endpoint.Id == key, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("endpoint", id);
    }

    internal CallTarget Target(EndpointEntity endpoint, CallSettings? settings = null) =>
        new(settings ?? endpoint.Settings, _vault.Open(endpoint));

    internal static EndpointRecord ToRecord(EndpointEntity endpoint) => new(
        Ids.Format(endpoint.Id),
        endpoint.Name,
        endpoint.Settings.BaseUrl,
        endpoint.Settings.Model,
        endpoint.ProtectedApiKey is not null || endpoint.ApiKeyVariable is not null,
        endpoint.ApiKeyVariable,
        endpoint.Settings.TopLogprobs,
        endpoint.MaxConcurrency,
        endpoint.RequestsPerMinute,
        endpoint.TokensPerMinute,
        endpoint.Settings.TimeoutSeconds,
        endpoint.Settings.AnswerTokens,
        endpoint.Settings.OutputLimitField,
        endpoint.Settings.Temperature,
        endpoint.Settings.EffectiveTemperature,
        endpoint.Settings.ExtraBody,
        endpoint.CreatedAt);
}
