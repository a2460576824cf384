using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Web.Layout;

/// <summary>
/// What a page computed while it was prerendered, kept for the circuit that follows a moment later, so that nothing is computed twice.
/// Only the token travels through the browser: a whole view would not fit a circuit's first message.
/// </summary>
public sealed class PrerenderHandover : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 64 });

    /// <summary>The token that takes <paramref name="value"/> out again, once.</summary>
    public string Leave<T>(T value)
        where T : class
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _cache.Set(token, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        return token;
    }

    public bool TryTake<T>(string? token, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (token is null || !_cache.TryGetValue(token, out T? left) || left is null)
            return false;
        _cache.Remove(token);
        value = left;
        return true;
    }

    public void Dispose() => _cache.Dispose();
}
