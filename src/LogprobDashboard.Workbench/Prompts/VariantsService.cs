using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>Commands on prompt variants.</summary>
public sealed class VariantsService
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly TimeProvider _time;

    internal VariantsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, ExperimentsQueries experiments, DatasetsQueries datasets, TimeProvider time) =>
        (_contexts, _gate, _experiments, _datasets, _time) = (contexts, gate, experiments, datasets, time);

    public async Task<VariantRecord> CreateAsync(string experimentId, VariantInput input, CancellationToken cancellationToken)
    {
        var (experiment, name) = await CheckAsync(experimentId, input, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var version = new VariantVersion { Number = 1, System = Blank(input.System), User = input.User!, CreatedAt = now };
        var variant = new Variant { ExperimentId = experiment.Id, Name = name, CreatedAt = now, Versions = [version] };
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await RefuseTakenNameAsync(db, experiment.Id, name, 0, cancellationToken).ConfigureAwait(false);
        db.Add(variant);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return VariantsQueries.ToRecord(variant, version);
    }

    /// <summary>Changed words make a new version; runs keep the version that they ran. The same words again change nothing but the name.</summary>
    public async Task<VariantRecord> UpdateAsync(string experimentId, string variantId, VariantInput input, CancellationToken cancellationToken)
    {
        var (experiment, name) = await CheckAsync(experimentId, input, cancellationToken).ConfigureAwait(false);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var key = Ids.Parse(variantId, "variant");
        var variant = await db.Set<Variant>().SingleOrDefaultAsync(row => row.Id == key && row.ExperimentId == experiment.Id, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("variant of this experiment", variantId);
        await RefuseTakenNameAsync(db, experiment.Id, name, variant.Id, cancellationToken).ConfigureAwait(false);
        variant.Name = name;
        var newest = await db.Set<VariantVersion>().Where(row => row.VariantId == key).OrderByDescending(row => row.Number).FirstAsync(cancellationToken).ConfigureAwait(false);
        if (newest.System != Blank(input.System) || newest.User != input.User)
        {
            newest = new VariantVersion { VariantId = key, Number = newest.Number + 1, System = Blank(input.System), User = input.User!, CreatedAt = _time.GetUtcNow() };
            db.Add(newest);
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return VariantsQueries.ToRecord(variant, newest);
    }

    private async Task<(Experiment Experiment, string Name)> CheckAsync(string experimentId, VariantInput input, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(input.Name))
            throw UserErrorException.Field("name", "The variant has no name.", "Give it one.");
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        PromptPair.Parse(input.System, input.User, ScopeOf(experiment, dataset), dataset);
        return (experiment, input.Name.Trim());
    }

    internal static PromptScope ScopeOf(Experiment experiment, DatasetRecord dataset) =>
        new(dataset.Columns, dataset.LabelColumn, [.. experiment.Labels.Select(label => label.Name)]);

    private static async Task RefuseTakenNameAsync(WorkbenchDb db, long experimentId, string name, long except, CancellationToken cancellationToken)
    {
        if (await db.Set<Variant>().AnyAsync(variant => variant.ExperimentId == experimentId && variant.Name == name && variant.Id != except, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.Field("name", $"The experiment has a variant \"{name}\" already.", "Use another name, or change that variant.", UserErrorKind.Conflict);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
