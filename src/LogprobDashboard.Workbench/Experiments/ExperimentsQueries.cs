using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>Reads of experiments.</summary>
public sealed class ExperimentsQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly DatasetsQueries _datasets;

    internal ExperimentsQueries(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries datasets) => (_contexts, _datasets) = (contexts, datasets);

    public async Task<PagedResult<ExperimentRecord>> ListAsync(string? cursor, int take, CancellationToken cancellationToken)
    {
        var before = Cursor.Before(cursor);
        List<Experiment> rows;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            rows = await db.Set<Experiment>().AsNoTracking().Where(experiment => experiment.Id < before)
                .OrderByDescending(experiment => experiment.Id).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        var records = new Dictionary<long, ExperimentRecord>();
        foreach (var row in rows.Take(take))
            records[row.Id] = await ToRecordAsync(row, cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, row => row.Id, row => records[row.Id]);
    }

    public async Task<ExperimentRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        await ToRecordAsync(await FindAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    internal async Task<Experiment> FindAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "experiment");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(experiment => experiment.Id == key, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("experiment", id);
    }

    internal async Task<ExperimentRecord> ToRecordAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var answerTokens = await AnswerTokensAsync(experiment.EndpointId, cancellationToken).ConfigureAwait(false);
        var id = Ids.Format(experiment.Id);
        return new ExperimentRecord(
            id,
            experiment.Name,
            $"/experiments/{id}/compare",
            Ids.Format(experiment.DatasetId),
            Ids.Format(experiment.EndpointId),
            [.. experiment.Labels.Select(label => label with { Words = label.Words ?? [label.Name] })],
            experiment.PositiveLabel,
            LabelRules.Warnings(experiment.Labels, dataset, answerTokens),
            experiment.CreatedAt);
    }

    private async Task<int> AnswerTokensAsync(long? endpointId, CancellationToken cancellationToken)
    {
        if (endpointId is not { } key)
            return EndpointDefaults.AnswerTokens;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var settings = await db.Set<EndpointEntity>().Where(endpoint => endpoint.Id == key).Select(endpoint => endpoint.Settings).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return settings?.AnswerTokens ?? EndpointDefaults.AnswerTokens;
    }
}
