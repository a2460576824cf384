using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Columns of datasets as slices. A dataset never changes, so each is read once; bounded, for the whole process.</summary>
internal sealed class SliceColumns(DatasetsQueries datasets) : IDisposable
{
    private readonly BoundedCache<(long, string?), SliceColumn> _columns = new(
        64L * 1024 * 1024,
        column => (column.Codes.LongLength * sizeof(int)) + column.Values.Sum(value => 64L + (2 * value.Length)));

    /// <summary>The column, that of the source where none is named; null where the dataset has no such column.</summary>
    public Task<SliceColumn?> FindAsync(long datasetId, string? column, CancellationToken cancellationToken) => _columns.FindAsync(
        (datasetId, column),
        async cancel => await datasets.ColumnValuesAsync(datasetId, column, cancel).ConfigureAwait(false) is { } values ? SliceColumn.Of(values.Name, values.Values) : null,
        cancellationToken);

    public void Dispose() => _columns.Dispose();
}
