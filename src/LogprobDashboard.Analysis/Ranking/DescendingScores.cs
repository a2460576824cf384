using System.Runtime.InteropServices;

namespace LogprobDashboard.Analysis.Ranking;

/// <summary>
/// Sorts scores, highest first: a radix sort over keys in which the order of doubles is that of unsigned integers. Three digits of 11 bits tell nearly all scores apart (sign, exponent and
/// 21 bits of the fraction); the few keys that share them all stand side by side by then, and each such run is sorted by comparison.
/// </summary>
internal static class DescendingScores
{
    private const int DigitBits = 11;
    private const int Digits = 3;
    private const int LowestShift = 64 - (Digits * DigitBits);
    private const int Buckets = 1 << DigitBits;
    private const int SmallCount = 4096;

    /// <summary>The scores of each class, highest first. Minus zero reads as zero. NaN is not allowed; infinities are.</summary>
    public static void Split(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, out ReadOnlySpan<double> positives, out ReadOnlySpan<double> negatives)
    {
        // Positives from the front, negatives from the back. Each key is written at both ends and one end moves: a branch would be mispredicted for every other sample.
        var keys = new ulong[scores.Length];
        var (front, back) = (0, scores.Length - 1);
        for (var sample = 0; sample < scores.Length; sample++)
        {
            var step = isPositive[sample] ? 1 : 0;
            keys[front] = keys[back] = KeyOf(scores[sample]);
            front += step;
            back -= 1 - step;
        }

        positives = Sort(keys.AsSpan(0, front));
        negatives = Sort(keys.AsSpan(front));
    }

    private static ReadOnlySpan<double> Sort(Span<ulong> keys)
    {
        if (keys.Length <= SmallCount)
            keys.Sort();
        else
            SortRuns(keys = SortByDigits(keys));
        foreach (ref var key in keys)
            key = Turn(key);
        return MemoryMarshal.Cast<ulong, double>(keys);
    }

    /// <summary>By the digits alone.</summary>
    private static Span<ulong> SortByDigits(Span<ulong> keys)
    {
        var counts = new int[Digits * Buckets];
        foreach (var key in keys)
            for (var digit = 0; digit < Digits; digit++)
                counts[(digit * Buckets) + DigitOf(key, digit)]++;

        var source = keys;
        Span<ulong> target = new ulong[keys.Length];
        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.AsSpan(digit * Buckets, Buckets);
            if (starts[DigitOf(source[0], digit)] == source.Length)
                continue;
            ToStarts(starts);
            foreach (var key in source)
                target[starts[DigitOf(key, digit)]++] = key;
            var sorted = target;
            target = source;
            source = sorted;
        }

        return source;
    }

    private static void SortRuns(Span<ulong> keys)
    {
        var start = 0;
        for (var place = 1; place <= keys.Length; place++)
        {
            if (place < keys.Length && keys[place] >> LowestShift == keys[start] >> LowestShift)
                continue;
            if (place - start > 1)
                keys.Slice(start, place - start).Sort();
            start = place;
        }
    }

    private static void ToStarts(Span<int> counts)
    {
        var start = 0;
        foreach (ref var count in counts)
            (count, start) = (start, start + count);
    }

    private static int DigitOf(ulong key, int digit) => (int)(key >> (LowestShift + (digit * DigitBits))) & (Buckets - 1);

    /// <summary>Larger scores get smaller keys: those of positive numbers are turned round.</summary>
    private static ulong KeyOf(double score) => Turn(BitConverter.DoubleToUInt64Bits(score + 0.0));

    /// <summary>Its own inverse.</summary>
    private static ulong Turn(ulong bits) => bits ^ ((ulong)~((long)bits >> 63) >> 1);
}
