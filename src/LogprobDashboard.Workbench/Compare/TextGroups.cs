using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Which samples of a dataset have identical text, for the bootstrap. A dataset never changes, so it is worked out once; bounded, for the whole process.</summary>
internal sealed class TextGroups(DatasetsQueries datasets) : IDisposable
{
    private readonly BoundedCache<long, ulong[]> _hashes = new(64L * 1024 * 1024, hashes => hashes.LongLength * sizeof(ulong));

    /// <summary>Each sample's hash of its text, by its index.</summary>
    public async Task<ulong[]> OfAsync(long datasetId, CancellationToken cancellationToken) =>
        (await _hashes.FindAsync(datasetId, async cancel => await datasets.TextHashesAsync(datasetId, cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))!;

    public void Dispose() => _hashes.Dispose();
}
