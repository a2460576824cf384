using System.Collections.Concurrent;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Matches by raw text. Bounded: once full, or for a long text, the match is worked out anew. Thread-safe.</summary>
internal sealed class MatchCache(LabelWordIndex words, Func<string, string> normalize)
{
    private const int Capacity = 32_768;
    private const int LongestKey = 64;

    private readonly ConcurrentDictionary<string, TokenMatch> _matches = new(StringComparer.Ordinal);
    private int _count;

    public TokenMatch Match(string text)
    {
        if (_matches.TryGetValue(text, out var match))
            return match;

        match = words.Match(normalize(text));
        Keep(text, match);
        return match;
    }

    public TokenMatch Match(ReadOnlySpan<char> text) =>
        _matches.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var match) ? match : Match(text.ToString());

    private void Keep(string text, TokenMatch match)
    {
        if (text.Length <= LongestKey && Volatile.Read(ref _count) < Capacity && _matches.TryAdd(text, match))
            Interlocked.Increment(ref _count);
    }
}
