using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Brings datasets in and takes them away.</summary>
public sealed class DatasetsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, DatasetReading reading, DatasetsQueries queries, StagedUploads uploads, TimeProvider time)
{
    /// <summary>Finds out how the file is to be read and imports it; all or nothing.</summary>
    public async Task<DatasetRecord> ImportAsync(StagedFile file, string? name, ReadingOptions options, CancellationToken cancellationToken) =>
        await ImportAsync(await reading.ReadAsync(file, options, cancellationToken).ConfigureAwait(false), name, null, cancellationToken).ConfigureAwait(false);

    /// <summary>Imports a file as it was read; all or nothing. A blank name gives the file's.</summary>
    public async Task<DatasetRecord> ImportAsync(Reading read, string? name, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var dataset = DatasetDraft.Begin(read, name, time.GetUtcNow());
            var twin = await queries.NameOfTwinAsync(dataset.ContentHash, cancellationToken).ConfigureAwait(false);
            await SaveAsync(db, () => db.Add(dataset), cancellationToken).ConfigureAwait(false);
            try
            {
                using var rows = new SampleRows(read);
                var count = await new DatasetImport(db, gate, read, dataset.Id, progress).RunAsync(rows, cancellationToken).ConfigureAwait(false);
                await SaveAsync(db, () => dataset.Complete(read, rows, count, twin, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                db.ChangeTracker.Clear();
                await new DatasetRemoval(db, gate).RemoveAsync(dataset.Id, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
            return dataset.ToRecord();
        }
    }

    /// <summary>Removes a dataset and its samples. One that something refers to stays: a conflict.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
            await new DatasetRemoval(db, gate).DeleteAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what a process that died has left: half-written uploads, and datasets whose import or removal was not finished. Called once, before anything is imported.</summary>
    public async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        uploads.RemoveLeftovers();
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var unfinished = await db.Set<Dataset>().Where(dataset => dataset.ImportedAt == null).Select(dataset => dataset.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var id in unfinished)
                await new DatasetRemoval(db, gate).RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SaveAsync(WorkbenchDb db, Action change, CancellationToken cancellationToken)
    {
        change();
        using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
