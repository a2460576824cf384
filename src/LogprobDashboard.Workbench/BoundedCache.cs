using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench;

/// <summary>Values that are worked out once and kept while somebody asks for them, up to so many bytes in all. Two who ask at once share one answer.</summary>
internal sealed class BoundedCache<TKey, TValue>(long bytes, Func<TValue, long> sizeOf) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan KeptUnasked = TimeSpan.FromMinutes(20);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = bytes });
    private readonly KeyedLocks<TKey> _loading = new();

    /// <summary>What is known, else what <paramref name="load"/> answers; null is not kept.</summary>
    public async Task<TValue?> FindAsync(TKey key, Func<CancellationToken, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(key, out TValue? known))
            return known;
        using (await _loading.EnterAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (_cache.TryGetValue(key, out known))
                return known;
            return await load(cancellationToken).ConfigureAwait(false) is { } loaded
                ? _cache.Set(key, loaded, new MemoryCacheEntryOptions { Size = sizeOf(loaded), SlidingExpiration = KeptUnasked })
                : null;
        }
    }

    public void Dispose() => _cache.Dispose();
}
