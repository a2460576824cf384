namespace LogprobDashboard.DemoModel.Learning;

/// <summary>
/// A model that was told nothing still prefers something: a small pseudo-random weight, fixed by the word and the label word, stands where nothing was learnt.
/// So a prompt without descriptions and examples ranks texts by chance, not all the same.
/// </summary>
internal static class UntrainedWeights
{
    public static ulong Hash(string word)
    {
        var hash = 14695981039346656037;
        foreach (var c in word)
            hash = (hash ^ char.ToLowerInvariant(c)) * 1099511628211;
        return hash;
    }

    public static void AddTo(Span<double> sums, Features features, ReadOnlySpan<ulong> labels)
    {
        var scale = Weights.Untrained / Math.Sqrt(Math.Max(1, features.Words.Count));
        for (var label = 0; label < sums.Length; label++)
        {
            var sum = 0.0;
            foreach (var word in features.Words)
                sum += Uniform(word.Key ^ labels[label]);
            sums[label] += scale * sum;
        }
    }

    /// <summary>From -√3 to √3, so that the variance is 1 (the finaliser of SplitMix64).</summary>
    private static double Uniform(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        x ^= x >> 31;
        return ((x >> 11) * (2.0 / (1UL << 53)) - 1) * Math.Sqrt(3);
    }
}
