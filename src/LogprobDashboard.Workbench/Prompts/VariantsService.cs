using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
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
        var variant = await FindAsync(db, experiment.Id, variantId, cancellationToken).ConfigureAwait(false);
        await RefuseTakenNameAsync(db, experiment.Id, name, variant.Id, cancellationToken).ConfigureAwait(false);
        variant.Name = name;
        var newest = await NewestAsync(db, variant.Id, cancellationToken).ConfigureAwait(false);
        if (newest.System != Blank(input.System) || newest.User != input.User)
        {
            RefuseOverwriting(variant, newest, input.ExpectedVersion);
            newest = new VariantVersion { VariantId = variant.Id, Number = newest.Number + 1, System = Blank(input.System), User = input.User!, CreatedAt = _time.GetUtcNow() };
            db.Add(newest);
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return VariantsQueries.ToRecord(variant, newest);
    }

    /// <summary>Another name; the words and their version stay. Runs keep the names that they were started with.</summary>
    public async Task<VariantRecord> RenameAsync(string experimentId, string variantId, string? name, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var given = CheckName(name);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var variant = await FindAsync(db, experiment.Id, variantId, cancellationToken).ConfigureAwait(false);
        await RefuseTakenNameAsync(db, experiment.Id, given, variant.Id, cancellationToken).ConfigureAwait(false);
        variant.Name = given;
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return VariantsQueries.ToRecord(variant, await NewestAsync(db, variant.Id, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A new variant with the newest words of another; its history starts anew. Without a name: that of the first with "copy" behind it that is free.</summary>
    public async Task<VariantRecord> DuplicateAsync(string experimentId, string variantId, string? name, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var original = await FindAsync(db, experiment.Id, variantId, cancellationToken).ConfigureAwait(false);
        var taken = (await db.Set<Variant>().Where(row => row.ExperimentId == experiment.Id).Select(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var given = name is null ? CopyName(original.Name, taken) : CheckName(name);
        await RefuseTakenNameAsync(db, experiment.Id, given, 0, cancellationToken).ConfigureAwait(false);
        var words = await NewestAsync(db, original.Id, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var version = new VariantVersion { Number = 1, System = words.System, User = words.User, CreatedAt = now };
        var copy = new Variant { ExperimentId = experiment.Id, Name = given, CreatedAt = now, Versions = [version] };
        db.Add(copy);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return VariantsQueries.ToRecord(copy, version);
    }

    /// <summary>Deletes a variant with its versions. One that ran stays: without its words nobody could say any more what its results answer.</summary>
    public async Task DeleteAsync(string experimentId, string variantId, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var variant = await FindAsync(db, experiment.Id, variantId, cancellationToken).ConfigureAwait(false);
        var states = await db.Set<Run>().Where(run => run.VariantId == variant.Id).Select(run => run.Status).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (states.Exists(state => state is RunStatus.Queued or RunStatus.Running))
            throw new UserErrorException(UserErrorKind.Conflict, $"A run of the variant \"{variant.Name}\" is still going.", "Cancel the run and delete it, then delete the variant.");
        if (states.Count > 0)
        {
            throw new UserErrorException(
                UserErrorKind.Conflict,
                FormattableString.Invariant($"{states.Count} {(states.Count == 1 ? "run needs" : "runs need")} the words of the variant \"{variant.Name}\"."),
                $"Delete {(states.Count == 1 ? "that run" : "those runs")} first, or keep the variant: its results could not be traced without it.");
        }

        db.Remove(variant);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Experiment Experiment, string Name)> CheckAsync(string experimentId, VariantInput input, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var name = CheckName(input.Name);
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        PromptPair.Parse(input.System, input.User, ScopeOf(experiment, dataset), dataset);
        return (experiment, name);
    }

    internal static PromptScope ScopeOf(Experiment experiment, DatasetRecord dataset) =>
        new(dataset.Columns, dataset.LabelColumn, [.. experiment.Labels.Select(label => label.Name)]);

    private static async Task<Variant> FindAsync(WorkbenchDb db, long experimentId, string variantId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(variantId, "variant");
        return await db.Set<Variant>().SingleOrDefaultAsync(row => row.Id == key && row.ExperimentId == experimentId, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("variant of this experiment", variantId);
    }

    private static Task<VariantVersion> NewestAsync(WorkbenchDb db, long variantId, CancellationToken cancellationToken) =>
        db.Set<VariantVersion>().Where(row => row.VariantId == variantId).OrderByDescending(row => row.Number).FirstAsync(cancellationToken);

    private static void RefuseOverwriting(Variant variant, VariantVersion newest, int? expected)
    {
        if (expected is { } version && version != newest.Number)
        {
            throw UserErrorException.Field(
                "expectedVersion",
                FormattableString.Invariant($"\"{variant.Name}\" is at version {newest.Number} by now; these words were written from version {version}."),
                "Compare the two, then save on top of the newest version, or take it over.",
                UserErrorKind.Conflict);
        }
    }

    private static string CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? throw UserErrorException.Field("name", "The variant has no name.", "Give it one.") : name.Trim();

    private static string CopyName(string name, HashSet<string> taken) =>
        Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? $"{name} copy" : FormattableString.Invariant($"{name} copy {number}")).First(copy => !taken.Contains(copy));

    private static async Task RefuseTakenNameAsync(WorkbenchDb db, long experimentId, string name, long except, CancellationToken cancellationToken)
    {
        if (await db.Set<Variant>().AnyAsync(variant => variant.ExperimentId == experimentId && variant.Name == name && variant.Id != except, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.Field("name", $"The experiment has a variant \"{name}\" already.", "Use another name, or change that variant.", UserErrorKind.Conflict);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
