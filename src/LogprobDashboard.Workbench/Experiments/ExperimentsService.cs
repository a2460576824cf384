using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>Commands on experiments.</summary>
public sealed class ExperimentsService
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly DatasetsQueries _datasets;
    private readonly ExperimentsQueries _queries;
    private readonly ResultRereading _rereading;
    private readonly TimeProvider _time;

    internal ExperimentsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, DatasetsQueries datasets, ExperimentsQueries queries, ResultRereading rereading, TimeProvider time) =>
        (_contexts, _gate, _datasets, _queries, _rereading, _time) = (contexts, gate, datasets, queries, rereading, time);

    public async Task<ExperimentRecord> CreateAsync(ExperimentInput input, CancellationToken cancellationToken)
    {
        var experiment = await PrepareAsync(input, cancellationToken).ConfigureAwait(false);
        using (await _gate.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = db.ConfigureAwait(false);
            await AddAsync(db, experiment, input.EndpointId, cancellationToken).ConfigureAwait(false);
        }

        return await _queries.ToRecordAsync(experiment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks what is asked for and makes the experiment of it, without an endpoint yet, and not yet stored.</summary>
    internal async Task<Experiment> PrepareAsync(ExperimentInput input, CancellationToken cancellationToken)
    {
        var name = CheckName(input.Name);
        if (string.IsNullOrEmpty(input.DatasetId))
            throw UserErrorException.Field("datasetId", "The experiment has no dataset.", "Give the id of an imported dataset.");
        var dataset = await FindDatasetAsync(input.DatasetId, cancellationToken).ConfigureAwait(false);
        var labels = LabelRules.Check(input.Labels, dataset);
        return new Experiment
        {
            Name = name,
            DatasetId = Ids.Parse(dataset.Id, "dataset"),
            Labels = labels,
            PositiveLabel = LabelRules.PositiveLabel(input.PositiveLabel, labels, dataset),
            LabelRevision = 1,
            CreatedAt = _time.GetUtcNow(),
        };
    }

    /// <summary>Stores a prepared experiment; the caller holds the write gate. Dataset and endpoint are looked for once more: they may just have been deleted.</summary>
    internal static async Task AddAsync(WorkbenchDb db, Experiment experiment, string? endpointId, CancellationToken cancellationToken)
    {
        experiment.EndpointId = await EndpointIdAsync(db, endpointId, cancellationToken).ConfigureAwait(false);
        if (!await db.Set<Dataset>().AnyAsync(row => row.Id == experiment.DatasetId && row.ImportedAt != null, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.Field("datasetId", "The dataset has just been deleted.", "Import it again, or choose another.");
        db.Add(experiment);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes an experiment. Where labels or their words changed, every stored answer is read again, in the same transaction; nothing is asked again.</summary>
    public async Task<ExperimentRecord> ChangeAsync(string id, ExperimentChange change, CancellationToken cancellationToken)
    {
        var dataset = await _datasets.GetAsync(Ids.Format((await _queries.FindAsync(id, cancellationToken).ConfigureAwait(false)).DatasetId), cancellationToken).ConfigureAwait(false);
        Experiment experiment;
        using (await _gate.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = db.ConfigureAwait(false);
            var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = transaction.ConfigureAwait(false);
            var key = Ids.Parse(id, "experiment");
            experiment = await db.Set<Experiment>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken).ConfigureAwait(false)
                ?? throw UserErrorException.NotFound("experiment", id);
            var relabelled = Apply(experiment, change, dataset);
            if (change.EndpointId is not null)
                experiment.EndpointId = await EndpointIdAsync(db, change.EndpointId, cancellationToken).ConfigureAwait(false);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            if (relabelled)
                await _rereading.RereadAsync(db, experiment, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _queries.ToRecordAsync(experiment, cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "experiment");
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<Run>().AnyAsync(run => run.ExperimentId == key && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running), cancellationToken).ConfigureAwait(false))
            throw new UserErrorException(UserErrorKind.Conflict, "A run of this experiment is still going.", "Cancel the run, then delete the experiment.");
        if (await db.Set<Experiment>().Where(experiment => experiment.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 0)
            throw UserErrorException.NotFound("experiment", id);
    }

    private static bool Apply(Experiment experiment, ExperimentChange change, DatasetRecord dataset)
    {
        if (change.Name is not null)
            experiment.Name = CheckName(change.Name);
        var relabelled = false;
        if (change.Labels is { Count: 0 })
            throw UserErrorException.Field("labels", "The list of labels is empty.", "Give at least two labels, or leave the field out to keep those that are there.");
        if (change.Labels is not null)
        {
            var labels = LabelRules.Check(change.Labels, dataset);
            relabelled = !Same(labels, experiment.Labels);
            experiment.Labels = labels;
            if (relabelled)
                experiment.LabelRevision++;
            if (labels.All(label => label.Name != experiment.PositiveLabel))
                experiment.PositiveLabel = LabelRules.PositiveLabel(null, labels, dataset);
        }

        if (change.PositiveLabel is not null)
            experiment.PositiveLabel = LabelRules.PositiveLabel(change.PositiveLabel, experiment.Labels, dataset);
        return relabelled;

        static bool Same(IReadOnlyList<ExperimentLabel> one, IReadOnlyList<ExperimentLabel> other) =>
            one.Count == other.Count && one.Zip(other).All(pair =>
                pair.First.Name == pair.Second.Name && pair.First.EffectiveWords.SequenceEqual(pair.Second.EffectiveWords, StringComparer.Ordinal));
    }

    private static string CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? throw UserErrorException.Field("name", "The experiment has no name.", "Give it one.") : name.Trim();

    private async Task<DatasetRecord> FindDatasetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _datasets.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (UserErrorException error) when (error.Kind == UserErrorKind.NotFound)
        {
            throw UserErrorException.Field("datasetId", error.Title, error.Detail);
        }
    }

    private static async Task<long?> EndpointIdAsync(WorkbenchDb db, string? id, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(id))
            return null;
        return Ids.TryParse(id, out var key) && await db.Set<EndpointEntity>().AnyAsync(endpoint => endpoint.Id == key, cancellationToken).ConfigureAwait(false)
            ? key
            : throw UserErrorException.Field("endpointId", $"There is no endpoint with the id \"{id}\".", "Make the endpoint first, or leave the field out.");
    }
}
