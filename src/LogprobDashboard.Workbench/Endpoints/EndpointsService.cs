using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Commands on endpoints.</summary>
public sealed class EndpointsService
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly ApiKeyVault _vault;
    private readonly BuiltInServers _builtIn;
    private readonly EndpointGates _gates;
    private readonly TimeProvider _time;

    internal EndpointsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, ApiKeyVault vault, BuiltInServers builtIn, EndpointGates gates, TimeProvider time) =>
        (_contexts, _gate, _vault, _builtIn, _gates, _time) = (contexts, gate, vault, builtIn, gates, time);

    public async Task<EndpointRecord> CreateAsync(EndpointInput input, CancellationToken cancellationToken)
    {
        var settings = EndpointInputRules.Check(input, _builtIn);
        var endpoint = new EndpointEntity { Name = input.Name!.Trim(), Settings = settings, CreatedAt = _time.GetUtcNow() };
        Apply(endpoint, input);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        db.Add(endpoint);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return EndpointsQueries.ToRecord(endpoint);
    }

    public async Task<EndpointRecord> UpdateAsync(string id, EndpointInput input, CancellationToken cancellationToken)
    {
        var settings = EndpointInputRules.Check(input, _builtIn);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var endpoint = await FindAsync(db, id, cancellationToken).ConfigureAwait(false);
        EndpointInputRules.RefuseToCarryTheKeyElsewhere(endpoint, settings, input);
        endpoint.Name = input.Name!.Trim();
        endpoint.Settings = settings;
        Apply(endpoint, input);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        _gates.For(endpoint.Id, EndpointLimits.Of(endpoint));
        return EndpointsQueries.ToRecord(endpoint);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var endpoint = await FindAsync(db, id, cancellationToken).ConfigureAwait(false);
        if (await db.Set<Run>().AnyAsync(run => run.EndpointId == endpoint.Id && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running || run.Status == RunStatus.Paused), cancellationToken).ConfigureAwait(false))
            throw new UserErrorException(UserErrorKind.Conflict, $"A run still uses the endpoint \"{endpoint.Name}\".", "Wait for the run or cancel it, then delete the endpoint.");
        db.Remove(endpoint);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<EndpointEntity> FindAsync(WorkbenchDb db, string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "endpoint");
        return await db.Set<EndpointEntity>().SingleOrDefaultAsync(endpoint => endpoint.Id == key, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("endpoint", id);
    }

    private void Apply(EndpointEntity endpoint, EndpointInput input)
    {
        EndpointInputRules.RefuseTwoKeys(input);
        endpoint.ApiKeyVariable = string.IsNullOrWhiteSpace(input.ApiKeyVariable) ? null : input.ApiKeyVariable.Trim();
        if (endpoint.ApiKeyVariable is not null || input.ApiKey is { } given && string.IsNullOrWhiteSpace(given))
            endpoint.ProtectedApiKey = null;
        else if (input.ApiKey is { } key)
            endpoint.ProtectedApiKey = _vault.Protect(key.Trim());
        endpoint.MaxConcurrency = input.MaxConcurrency ?? EndpointDefaults.MaxConcurrency;
        endpoint.RequestsPerMinute = input.RequestsPerMinute;
        endpoint.TokensPerMinute = input.TokensPerMinute;
        endpoint.PromptTokenPrice = input.PromptTokenPrice;
        endpoint.CompletionTokenPrice = input.CompletionTokenPrice;
    }
}
