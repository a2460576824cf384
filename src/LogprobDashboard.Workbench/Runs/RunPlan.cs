using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>All that a worker needs to know of a run, read once when it starts to work on it.</summary>
internal sealed record RunPlan(
    long RunId,
    long DatasetId,
    long EndpointId,
    EndpointGate Gate,
    RunProbe Probe,
    IReadOnlyList<string> Sources,
    int? Limit,
    long SampleSeed,
    bool UseCache,
    CallTarget Target,
    PromptPair Prompts,
    RunBudget Budget,
    TokenCounter Tokens);

/// <summary>Makes plans.</summary>
internal sealed class RunPlanner(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries datasets, EndpointsQueries endpoints, EndpointGates gates, EndpointProbes probes)
{
    /// <exception cref="UserErrorException">The run cannot go on as things are: no endpoint any more, no readable key, a template that names a column or label no longer there.</exception>
    /// <returns>Null where the run was deleted meanwhile.</returns>
    public async Task<RunPlan?> PlanAsync(long runId, CancellationToken cancellationToken)
    {
        if (await LoadAsync(runId, cancellationToken).ConfigureAwait(false) is not { } found)
            return null;
        var (run, experiment, version, endpoint) = found;
        if (endpoint is null)
            throw new UserErrorException(UserErrorKind.Conflict, "The endpoint of this run was deleted.", "Start a new run at another endpoint: answers that were stored stay.");
        if ((endpoint.ProtectedApiKey ?? endpoint.ApiKeyVariable) is not null && run.Settings.Origin != endpoint.Settings.Origin)
            throw new UserErrorException(UserErrorKind.Conflict, "The endpoint's address has changed since this run was started, and its key belongs to the new one.", "Start a new run: answers that were stored stay.");
        var dataset = await datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        return new RunPlan(
            run.Id,
            experiment.DatasetId,
            endpoint.Id,
            gates.For(endpoint.Id, EndpointLimits.Of(endpoint)),
            new RunProbe(token => probes.EnsureAsync(endpoint.Id, token)),
            run.Sources,
            run.Limit,
            run.SampleSeed,
            run.UseCache,
            endpoints.Target(endpoint, run.Settings),
            PromptPair.Parse(version.System, version.User, new PromptScope(dataset.Columns, dataset.LabelColumn, run.LabelNames), dataset),
            RunBudget.Of(run, endpoint),
            TokenCounter.For(run.Settings.Model));
    }

    private async Task<(Run Run, Experiment Experiment, VariantVersion Version, EndpointEntity? Endpoint)?> LoadAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var row = await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            join version in db.Set<VariantVersion>() on run.VariantVersionId equals version.Id
            join endpoint in db.Set<EndpointEntity>() on run.EndpointId equals endpoint.Id into endpoints
            from endpoint in endpoints.DefaultIfEmpty()
            where run.Id == runId
            select new { Run = run, Experiment = experiment, Version = version, Endpoint = endpoint }).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return row is null ? null : (row.Run, row.Experiment, row.Version, row.Endpoint);
    }
}
