using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
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
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await db.Set<Experiment>().AsNoTracking().Where(experiment => experiment.Id < before)
            .OrderByDescending(experiment => experiment.Id).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        var datasetIds = rows.Select(row => row.DatasetId).Distinct().ToList();
        var datasets = (await db.Set<Dataset>().AsNoTracking().Where(dataset => datasetIds.Contains(dataset.Id)).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(dataset => dataset.Id, dataset => dataset.ToRecord());
        var endpointIds = rows.Select(row => row.EndpointId).Distinct().ToList();
        var endpoints = await db.Set<EndpointEntity>().AsNoTracking().Where(endpoint => endpointIds.Contains(endpoint.Id)).ToDictionaryAsync(endpoint => endpoint.Id, endpoint => endpoint.Settings.AnswerTokens, cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, row => row.Id, row => ToRecord(row, datasets[row.DatasetId], endpoints.GetValueOrDefault(row.EndpointId ?? 0, EndpointDefaults.AnswerTokens)));
    }

    public async Task<ExperimentRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        await ToRecordAsync(await FindAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>What the head of every page of the experiment says.</summary>
    public async Task<ExperimentSummary> SummaryAsync(string id, CancellationToken cancellationToken)
    {
        var experiment = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var endpoint = await db.Set<EndpointEntity>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == experiment.EndpointId, cancellationToken).ConfigureAwait(false);
        var runs = db.Set<Run>().Where(run => run.ExperimentId == experiment.Id);
        return new ExperimentSummary(
            Ids.Format(experiment.Id),
            experiment.Name,
            dataset.Id,
            dataset.Name,
            dataset.RowCount,
            [.. experiment.Labels.Select(label => label with { Words = label.EffectiveWords })],
            experiment.PositiveLabel,
            dataset.Labels.FirstOrDefault(label => label.Label == experiment.PositiveLabel)?.Count ?? 0,
            Ids.Format(endpoint?.Id),
            endpoint?.Name,
            endpoint?.Settings.Model,
            endpoint?.Settings.Host,
            await db.Set<Variant>().CountAsync(variant => variant.ExperimentId == experiment.Id, cancellationToken).ConfigureAwait(false),
            await runs.CountAsync(cancellationToken).ConfigureAwait(false),
            await runs.CountAsync(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running, cancellationToken).ConfigureAwait(false));
    }

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
        return ToRecord(experiment, dataset, await AnswerTokensAsync(experiment.EndpointId, cancellationToken).ConfigureAwait(false));
    }

    private static ExperimentRecord ToRecord(Experiment experiment, DatasetRecord dataset, int answerTokens)
    {
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
