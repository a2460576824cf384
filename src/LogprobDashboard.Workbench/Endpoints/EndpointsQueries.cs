using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
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

    /// <summary>Every endpoint, the newest first, with what hangs on it.</summary>
    public async Task<IReadOnlyList<EndpointOverview>> OverviewAsync(CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var endpoints = await db.Set<EndpointEntity>().AsNoTracking().OrderByDescending(endpoint => endpoint.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var uses = (await db.Set<Experiment>().Where(experiment => experiment.EndpointId != null).OrderBy(experiment => experiment.Name)
            .Select(experiment => new { experiment.EndpointId, experiment.Id, experiment.Name }).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToLookup(experiment => experiment.EndpointId, experiment => new EndpointUse(Ids.Format(experiment.Id), experiment.Name));
        var underWay = await db.Set<Run>().Where(run => run.EndpointId != null && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running || run.Status == RunStatus.Paused))
            .GroupBy(run => run.EndpointId!.Value).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken).ConfigureAwait(false);
        return [.. endpoints.Select(endpoint => new EndpointOverview(ToRecord(endpoint), [.. uses[endpoint.Id]], underWay.GetValueOrDefault(endpoint.Id)))];
    }

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
        endpoint.CreatedAt,
        endpoint.PromptTokenPrice,
        endpoint.CompletionTokenPrice,
        ProbedSettings.Holds(endpoint) ? endpoint.Probe!.Found : null);
}
