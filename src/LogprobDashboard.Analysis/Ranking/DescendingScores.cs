namespace LogprobDashboard.Analysis.Ranking;

/// <summary>Sorts scores, highest first: a radix sort by 11 bits over keys in which the order of doubles is that of unsigned integers.</summary>
internal static class DescendingScores
{
    private const int DigitBits = 11;
    private const int Digits = 6;
    private const int Buckets = 1 << DigitBits;
    private const int SmallCount = 4096;

    /// <summary>The scores of one class, highest first. Minus zero reads as zero. NaN is not allowed; infinities are.</summary>
    public static double[] Sort(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, bool positive, int count)
    {
        var keys = new ulong[count];
        var next = 0;
        for (var place = 0; place < scores.Length; place++)
            if (isPositive[place] == positive)
                keys[next++] = ToKey(scores[place]);

        keys = count <= SmallCount ? SortSmall(keys) : SortByDigits(keys);
        return Array.ConvertAll(keys, ToScore);
    }

    private static ulong[] SortSmall(ulong[] keys)
    {
        Array.Sort(keys);
        return keys;
    }

    private static ulong[] SortByDigits(ulong[] keys)
    {
        var counts = new int[Digits * Buckets];
        foreach (var key in keys)
            for (var digit = 0; digit < Digits; digit++)
                counts[(digit * Buckets) + DigitOf(key, digit)]++;

        var (source, target) = (keys, new ulong[keys.Length]);
        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.AsSpan(digit * Buckets, Buckets);
            if (starts[DigitOf(source[0], digit)] == source.Length)
                continue;
            ToStarts(starts);
            foreach (var key in source)
                target[starts[DigitOf(key, digit)]++] = key;
            (source, target) = (target, source);
        }

        return source;
    }

    private static void ToStarts(Span<int> counts)
    {
        var start = 0;
        foreach (ref var count in counts)
            (count, start) = (start, start + count);
    }

    private static int DigitOf(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);

    /// <summary>Larger scores get smaller keys.</summary>
    private static ulong ToKey(double score)
    {
        var bits = BitConverter.DoubleToUInt64Bits(score + 0.0);
        return (long)bits < 0 ? bits : ~(bits | (1UL << 63));
    }

    private static double ToScore(ulong key) =>
        BitConverter.UInt64BitsToDouble((long)key < 0 ? key : ~key & ~(1UL << 63));
}
