using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>Reads of prompt variants.</summary>
public sealed class VariantsQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;

    private readonly ExperimentsQueries _experiments;

    internal VariantsQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments) => (_contexts, _experiments) = (contexts, experiments);

    /// <summary>The variants of an experiment in the order they were made, each at its newest version.</summary>
    public async Task<IReadOnlyList<VariantRecord>> ListAsync(string experimentId, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).Id;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await Newest(db).Where(row => row.Variant.ExperimentId == key).OrderBy(row => row.Variant.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => ToRecord(row.Variant, row.Version))];
    }

    /// <summary>Every version of a variant, the newest first, each with the runs that it made.</summary>
    public async Task<IReadOnlyList<VariantVersionRecord>> VersionsAsync(string experimentId, string variantId, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var key = (await FindAsync(experiment.Id, variantId, cancellationToken).ConfigureAwait(false)).Variant.Id;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var versions = await db.Set<VariantVersion>().AsNoTracking().Where(version => version.VariantId == key).OrderByDescending(version => version.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        var runs = await db.Set<Run>().AsNoTracking().Where(run => run.VariantId == key).OrderByDescending(run => run.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var byVersion = runs.ToLookup(run => run.VariantVersionId);
        return [.. versions.Select(version => new VariantVersionRecord(version.Number, version.System, version.User, version.CreatedAt, [.. byVersion[version.Id].Select(ToRun)]))];
    }

    /// <summary>By variant, those that never ran left out.</summary>
    public async Task<IReadOnlyDictionary<string, VariantUse>> UsesAsync(string experimentId, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).Id;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await (
            from run in db.Set<Run>()
            join version in db.Set<VariantVersion>() on run.VariantVersionId equals version.Id
            where run.ExperimentId == key
            select new { version.VariantId, version.Number, run.Status }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var newest = (await ListAsync(experimentId, cancellationToken).ConfigureAwait(false)).ToDictionary(variant => variant.Id, variant => variant.Version);
        return rows.GroupBy(row => Ids.Format(row.VariantId)).ToDictionary(
            variant => variant.Key,
            variant => new VariantUse(
                variant.Count(),
                variant.Count(row => newest.TryGetValue(variant.Key, out var version) && row.Number == version),
                variant.Count(row => row.Status is RunStatus.Queued or RunStatus.Running)));
    }

    internal async Task<(Variant Variant, VariantVersion Version)> FindAsync(long experimentId, string variantId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(variantId, "variant");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var row = await Newest(db).SingleOrDefaultAsync(pair => pair.Variant.Id == key && pair.Variant.ExperimentId == experimentId, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("variant of this experiment", variantId);
        return (row.Variant, row.Version);
    }

    internal static VariantRecord ToRecord(Variant variant, VariantVersion version) =>
        new(Ids.Format(variant.Id), Ids.Format(variant.ExperimentId), variant.Name, version.Number, version.System, version.User, version.CreatedAt);

    private static VersionRun ToRun(Run run) =>
        new(Ids.Format(run.Id), run.Name, run.Status, run.Scored + run.Unscorable, run.Total, run.Settings.Model);

    private static IQueryable<NewestVersion> Newest(WorkbenchDb db) =>
        from variant in db.Set<Variant>().AsNoTracking()
        from version in db.Set<VariantVersion>().AsNoTracking()
        where version.VariantId == variant.Id && version.Number == variant.Versions.Max(other => other.Number)
        select new NewestVersion { Variant = variant, Version = version };

    private sealed class NewestVersion
    {
        public required Variant Variant { get; init; }

        public required VariantVersion Version { get; init; }
    }
}
