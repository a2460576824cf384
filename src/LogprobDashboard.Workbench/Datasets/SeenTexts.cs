using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Remembers a 64-bit hash of each text, up to a million of them, so that its memory is bounded; a text that repeats one of the later ones goes unseen.</summary>
internal sealed class SeenTexts
{
    private const int MostTexts = 1_000_000;

    private readonly HashSet<ulong> _hashes = [];

    /// <summary>False where an equal text has been seen.</summary>
    public bool Add(string text)
    {
        var hash = Hash(text);
        return _hashes.Count < MostTexts ? _hashes.Add(hash) : !_hashes.Contains(hash);
    }

    /// <summary>The same for equal texts, on every machine of one byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Multiplier;
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
            hash = BitOperations.RotateLeft((hash ^ word) * Multiplier, 29);
        foreach (var character in text[(words.Length * 4)..])
            hash = BitOperations.RotateLeft((hash ^ character) * Multiplier, 29);
        return hash ^ (hash >> 32);
    }
}
