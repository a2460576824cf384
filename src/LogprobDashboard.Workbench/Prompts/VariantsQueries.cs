using LogprobDashboard.Workbench.Experiments;
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
