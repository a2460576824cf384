using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Changes the limits of runs that nobody works on.</summary>
internal sealed class RunBudgets(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, RunSignals signals)
{
    /// <exception cref="UserErrorException">No such limit can be, or the run is at work.</exception>
    public async Task ChangeAsync(string id, BudgetChange change, CancellationToken cancellationToken)
    {
        var (run, endpoint) = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        var (maxTokens, maxCost) = After(run, change);
        BudgetRules.Check(change.ChangesTokens ? maxTokens : null, change.ChangesCost ? maxCost : null, endpoint);
        using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = db.ConfigureAwait(false);
            var changed = await db.Set<Run>().Where(row => row.Id == run.Id && row.Status != RunStatus.Running && row.VariantId != null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MaxTokens, maxTokens).SetProperty(row => row.MaxCost, maxCost), cancellationToken).ConfigureAwait(false);
            if (changed == 0)
                throw new UserErrorException(UserErrorKind.Conflict, $"The budget of \"{run.Name}\" cannot be changed now.", run.VariantId is null ? "The run was imported: it makes no calls." : "Pause the run first.");
        }

        signals.Raise();
    }

    /// <exception cref="UserErrorException">The run has used up what it may, with the limits as they would be: resumed, it would only pause again.</exception>
    public async Task RefuseIfUsedUpAsync(string id, BudgetChange? change, CancellationToken cancellationToken)
    {
        var (run, endpoint) = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (endpoint is null)
            return; // the plan says so better
        if (change is not null)
            (run.MaxTokens, run.MaxCost) = After(run, change);
        if (RunBudget.Of(run, endpoint).Reason is { } reason)
            throw new UserErrorException(UserErrorKind.Conflict, $"The run \"{run.Name}\" has used up its budget.", reason);
    }

    private static (long? MaxTokens, double? MaxCost) After(Run run, BudgetChange change) =>
        (change.ChangesTokens ? change.MaxTokens : run.MaxTokens, change.ChangesCost ? change.MaxCost : run.MaxCost);

    private async Task<(Run Run, EndpointEntity? Endpoint)> FindAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "run");
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var found = await (
            from run in db.Set<Run>().AsNoTracking()
            join endpoint in db.Set<EndpointEntity>() on run.EndpointId equals endpoint.Id into endpoints
            from endpoint in endpoints.DefaultIfEmpty()
            where run.Id == key
            select new { Run = run, Endpoint = endpoint }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? throw UserErrorException.NotFound("run", id);
        return (found.Run, found.Endpoint);
    }
}
