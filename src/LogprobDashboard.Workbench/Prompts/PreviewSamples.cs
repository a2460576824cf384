using System.Security.Cryptography;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>A sample and the indexes of those before and after it among those of the same choice; null at an end.</summary>
public sealed record PreviewSample(SampleRecord Sample, int? Previous, int? Next);

/// <summary>Steps through the samples of an experiment's dataset, all of them or those of one label.</summary>
public sealed class PreviewSamples
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;

    internal PreviewSamples(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments) => (_contexts, _experiments) = (contexts, experiments);

    /// <summary>The sample at the index, or the nearest one that there is: the next one of the label, else the last one.</summary>
    /// <returns>Null where no sample carries the label.</returns>
    public async Task<PreviewSample?> AtAsync(string experimentId, int index, string? label, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).DatasetId;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var samples = Of(db, key, label);
        var sample = await samples.Where(row => row.Index >= index).OrderBy(row => row.Index).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? await samples.OrderByDescending(row => row.Index).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (sample is null)
            return null;
        var previous = await samples.Where(row => row.Index < sample.Index).OrderByDescending(row => row.Index).Select(row => (int?)row.Index).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var next = await samples.Where(row => row.Index > sample.Index).OrderBy(row => row.Index).Select(row => (int?)row.Index).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return new PreviewSample(sample.ToRecord(), previous, next);
    }

    /// <summary>The index of any sample of the choice, as likely as every other; null where there is none.</summary>
    public async Task<int?> AnyAsync(string experimentId, string? label, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).DatasetId;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var samples = Of(db, key, label);
        var count = await samples.CountAsync(cancellationToken).ConfigureAwait(false);
        return count == 0
            ? null
            : await samples.OrderBy(row => row.Index).Skip(RandomNumberGenerator.GetInt32(count)).Select(row => (int?)row.Index).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<Sample> Of(WorkbenchDb db, long datasetId, string? label)
    {
        var samples = db.Set<Sample>().AsNoTracking().Where(sample => sample.DatasetId == datasetId);
        return label is null ? samples : samples.Where(sample => sample.Label == label);
    }
}
