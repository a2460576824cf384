using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Reads datasets and their samples. One whose import is under way is not there yet.</summary>
public sealed class DatasetsQueries(IDbContextFactory<WorkbenchDb> contexts)
{
    public async Task<DatasetRecord> GetAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "dataset");
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var dataset = await Imported(db).FirstOrDefaultAsync(dataset => dataset.Id == key, cancellationToken).ConfigureAwait(false);
            return dataset?.ToRecord() ?? throw UserErrorException.NotFound("dataset", id);
        }
    }

    /// <summary>The newest first.</summary>
    public async Task<PagedResult<DatasetRecord>> ListAsync(string? cursor, int take, CancellationToken cancellationToken)
    {
        var before = Cursor.Before(cursor);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var page = await Imported(db).Where(dataset => dataset.Id < before).OrderByDescending(dataset => dataset.Id).Take(take + 1)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return Cursor.Page(page, take, dataset => dataset.Id, dataset => dataset.ToRecord());
        }
    }

    public async Task<PagedResult<SampleRecord>> SamplesAsync(string id, SamplesFilter filter, string? cursor, int take, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "dataset");
        var after = Cursor.After(cursor);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await Imported(db).AnyAsync(dataset => dataset.Id == key, cancellationToken).ConfigureAwait(false))
                throw UserErrorException.NotFound("dataset", id);
            var found = await (await SampleSearch.MatchingAsync(db, key, filter, cancellationToken).ConfigureAwait(false))
                .Where(sample => sample.Index > after).OrderBy(sample => sample.Index).Take(take + 1)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return Cursor.Page(found, take, sample => sample.Index, sample => sample.ToRecord());
        }
    }

    /// <summary>The samples with these indexes, by index; unknown ones are left out.</summary>
    public async Task<IReadOnlyList<SampleRecord>> SamplesAsync(long datasetId, IReadOnlyCollection<int> indexes, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var found = await Samples(db, datasetId).Where(sample => EF.Parameter(indexes).Contains(sample.Index)).OrderBy(sample => sample.Index)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. found.Select(sample => sample.ToRecord())];
        }
    }

    /// <summary>Label and source of every sample, without the texts.</summary>
    public async Task<SampleColumns> ColumnsAsync(long datasetId, CancellationToken cancellationToken)
    {
        var labels = new CodedColumn();
        var sources = new CodedColumn();
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // SQLite answers at once: awaiting each of a hundred thousand rows would cost more than reading them.
            foreach (var row in Samples(db, datasetId).OrderBy(sample => sample.Index).Select(sample => new { sample.Label, sample.Source }))
            {
                cancellationToken.ThrowIfCancellationRequested();
                labels.Add(row.Label);
                sources.Add(row.Source);
            }
        }
        return new SampleColumns(labels.Values, labels.ToCodes(), sources.Values, sources.ToCodes());
    }

    /// <summary>A column's value for every sample, as text, in order: the source's column where none is named, else one that is neither text, label nor id. Null where the dataset has no such column.</summary>
    internal async Task<(string Name, IReadOnlyList<string?> Values)?> ColumnValuesAsync(long datasetId, string? column, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var dataset = await Imported(db).FirstOrDefaultAsync(dataset => dataset.Id == datasetId, cancellationToken).ConfigureAwait(false);
            if ((column ?? dataset?.SourceColumn) is not { } name || dataset is null || !dataset.ToRecord().ColumnsToSliceBy().Contains(name))
                return null;
            var values = name == dataset.SourceColumn
                ? Samples(db, datasetId).OrderBy(sample => sample.Index).Select(sample => sample.Source)
                : db.Database.SqlQuery<string?>($"""
                    SELECT (SELECT CASE "type" WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE NULLIF(CAST("value" AS TEXT), '') END FROM json_each("Samples"."Metadata") WHERE "key" = {name}) AS "Value"
                    FROM "Samples" WHERE "DatasetId" = {datasetId} ORDER BY "Index"
                    """);
            return (name, await values.ToListAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>A 64-bit hash of every sample's text, in order: samples of identical text have the same.</summary>
    internal async Task<ulong[]> TextHashesAsync(long datasetId, CancellationToken cancellationToken)
    {
        var hashes = new List<ulong>();
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var texts = Samples(db, datasetId).OrderBy(sample => sample.Index).Select(sample => sample.Text).AsAsyncEnumerable();
            await foreach (var text in texts.WithCancellation(cancellationToken).ConfigureAwait(false))
                hashes.Add(SeenTexts.Hash(text));
        }

        return [.. hashes];
    }

    /// <summary>The first dataset that was imported from a file with the same content; null where there is none.</summary>
    internal async Task<string?> NameOfTwinAsync(string contentHash, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await Imported(db).Where(dataset => dataset.ContentHash == contentHash).OrderBy(dataset => dataset.Id).Select(dataset => dataset.Name)
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static IQueryable<Dataset> Imported(WorkbenchDb db) => db.Set<Dataset>().AsNoTracking().Where(dataset => dataset.ImportedAt != null);

    private static IQueryable<Sample> Samples(WorkbenchDb db, long datasetId) => db.Set<Sample>().AsNoTracking().Where(sample => sample.DatasetId == datasetId);
}
