using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Reads datasets and samples page by page, with what a person wants to know beside them: how many there are, who uses them.</summary>
public sealed class DatasetsBrowsing(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries queries)
{
    public Task<DatasetsPage> DatasetsAsync(DatasetsFilter filter, CancellationToken cancellationToken) =>
        TextSearch.RunAsync(() => FindDatasetsAsync(filter, cancellationToken), cancellationToken);

    /// <summary>The samples that match, <paramref name="take"/> a page; a page beyond the last one gives the last one.</summary>
    public Task<SamplesPage> SamplesAsync(DatasetRecord dataset, SamplesFilter filter, int page, int take, CancellationToken cancellationToken) =>
        TextSearch.RunAsync(() => FindSamplesAsync(dataset, filter, page, take, cancellationToken), cancellationToken);

    /// <summary>The experiments that use a dataset, the newest first.</summary>
    public async Task<IReadOnlyList<DatasetUse>> UsesAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "dataset");
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var uses = await db.Set<Experiment>().Where(experiment => experiment.DatasetId == key).OrderByDescending(experiment => experiment.Id)
                .Select(experiment => new { experiment.Id, experiment.Name }).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. uses.Select(use => new DatasetUse(Ids.Format(use.Id), use.Name))];
        }
    }

    private async Task<DatasetsPage> FindDatasetsAsync(DatasetsFilter filter, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var all = await db.Set<Dataset>().CountAsync(dataset => dataset.ImportedAt != null, cancellationToken).ConfigureAwait(false);
            var matching = await MatchingAsync(db, filter.Search, cancellationToken).ConfigureAwait(false);
            var found = string.IsNullOrEmpty(filter.Search) ? all : await matching.CountAsync(cancellationToken).ConfigureAwait(false);
            var page = LastOr(filter.Page, found, filter.Take);
            var rows = await Sorted(matching.Select(dataset => new Row { Dataset = dataset, Experiments = db.Set<Experiment>().Count(experiment => experiment.DatasetId == dataset.Id) }), filter.Sort)
                .Skip((page - 1) * filter.Take).Take(filter.Take).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new DatasetsPage([.. rows.Select(row => row.ToOverview())], page, found, all);
        }
    }

    private static async Task<IQueryable<Dataset>> MatchingAsync(WorkbenchDb db, string? search, CancellationToken cancellationToken)
    {
        var datasets = db.Set<Dataset>().AsQueryable();
        if (!string.IsNullOrEmpty(search))
        {
            await TextSearch.LendAsync(db, cancellationToken).ConfigureAwait(false);
            datasets = db.Set<Dataset>().FromSql($"""SELECT * FROM "Datasets" WHERE text_holds("Name", {search})""");
        }
        return datasets.AsNoTracking().Where(dataset => dataset.ImportedAt != null);
    }

    private static IQueryable<Row> Sorted(IQueryable<Row> rows, DatasetsSort sort) => sort switch
    {
        DatasetsSort.Name => rows.OrderBy(row => EF.Functions.Collate(row.Dataset.Name, "NOCASE")).ThenByDescending(row => row.Dataset.Id),
        DatasetsSort.Rows => rows.OrderByDescending(row => row.Dataset.RowCount).ThenByDescending(row => row.Dataset.Id),
        DatasetsSort.Size => rows.OrderByDescending(row => row.Dataset.FileBytes).ThenByDescending(row => row.Dataset.Id),
        DatasetsSort.Used => rows.OrderByDescending(row => row.Experiments).ThenByDescending(row => row.Dataset.Id),
        _ => rows.OrderByDescending(row => row.Dataset.Id),
    };

    private async Task<SamplesPage> FindSamplesAsync(DatasetRecord dataset, SamplesFilter filter, int page, int take, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(dataset.Id, "dataset");
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (filter == new SamplesFilter())
            {
                // Indexes have no gaps: any page is one seek away.
                var at = LastOr(page, dataset.RowCount, take);
                var first = (at - 1) * take;
                return new SamplesPage(await queries.SamplesAsync(key, [.. Enumerable.Range(first, Math.Min(take, dataset.RowCount - first))], cancellationToken).ConfigureAwait(false), at, dataset.RowCount);
            }

            var matching = await SampleSearch.MatchingAsync(db, key, filter, cancellationToken).ConfigureAwait(false);
            var found = await matching.CountAsync(cancellationToken).ConfigureAwait(false);
            page = LastOr(page, found, take);
            var rows = await matching.OrderBy(sample => sample.Index).Skip((page - 1) * take).Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new SamplesPage([.. rows.Select(row => row.ToRecord())], page, found);
        }
    }

    private static int LastOr(int page, int found, int take) => Math.Clamp(page, 1, Math.Max(1, (found + take - 1) / take));

    private sealed class Row
    {
        public required Dataset Dataset { get; init; }

        public int Experiments { get; init; }

        public DatasetOverview ToOverview() => new(
            Ids.Format(Dataset.Id),
            Dataset.Name,
            Dataset.RowCount,
            Dataset.LabelColumn is null ? null : Dataset.Labels.Count,
            Dataset.SourceColumn is null ? null : Dataset.Sources.Count,
            Dataset.FileName,
            Dataset.FileBytes,
            Dataset.Warnings.Count,
            Experiments,
            Dataset.CreatedAt);
    }
}
