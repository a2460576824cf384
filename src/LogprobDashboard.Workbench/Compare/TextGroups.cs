using LogprobDashboard.Workbench.Datasets;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Which samples of a dataset have identical text, for the bootstrap. A dataset never changes, so it is worked out once; bounded, for the whole process.</summary>
internal sealed class TextGroups(DatasetsQueries datasets) : IDisposable
{
    private const long LargestTotal = 64L * 1024 * 1024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = LargestTotal });
    private readonly KeyedLocks<long> _loading = new();

    /// <summary>Each sample's hash of its text, by its index.</summary>
    public async Task<ulong[]> OfAsync(long datasetId, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(datasetId, out ulong[]? known))
            return known!;
        using (await _loading.EnterAsync(datasetId, cancellationToken).ConfigureAwait(false))
        {
            if (_cache.TryGetValue(datasetId, out known))
                return known!;
            var hashes = await datasets.TextHashesAsync(datasetId, cancellationToken).ConfigureAwait(false);
            return _cache.Set(datasetId, hashes, new MemoryCacheEntryOptions { Size = hashes.LongLength * sizeof(ulong), SlidingExpiration = TimeSpan.FromMinutes(20) });
        }
    }

    public void Dispose() => _cache.Dispose();
}
