namespace LogprobDashboard.Analysis.Resampling;

/// <summary>Which samples are drawn together: those of one group, as samples of identical text. Groups are numbered from 0 in the order of their first sample. Immutable.</summary>
public sealed class SampleGroups
{
    private readonly int[] _groupOf;

    private SampleGroups(int[] groupOf, int count) => (_groupOf, Count) = (groupOf, count);

    /// <summary>How many groups there are, at most as many as samples.</summary>
    public int Count { get; }

    /// <summary>How many samples there are.</summary>
    public int Samples => _groupOf.Length;

    /// <summary>Each sample's group, in [0, <see cref="Count"/>).</summary>
    public ReadOnlySpan<int> GroupOf => _groupOf;

    /// <summary>Every sample by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    public static SampleGroups Singles(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var groupOf = new int[samples];
        for (var sample = 0; sample < samples; sample++)
            groupOf[sample] = sample;
        return new(groupOf, samples);
    }

    /// <summary>Samples with equal keys belong together.</summary>
    /// <param name="keys">One for each sample: its text, or a hash of it.</param>
    public static SampleGroups ByKey<TKey>(IEnumerable<TKey> keys)
        where TKey : notnull
    {
        var groups = new Dictionary<TKey, int>();
        var groupOf = new List<int>();
        foreach (var key in keys)
        {
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = groups.Count);
            groupOf.Add(group);
        }

        return new([.. groupOf], groups.Count);
    }

    /// <summary>Some of the samples, each in the group that it has here: weights that are drawn for all of them hold for these too. A group may be left without a sample.</summary>
    /// <param name="samples">By number, each in [0, <see cref="Samples"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public SampleGroups Of(IEnumerable<int> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new([.. samples.Select(sample => (uint)sample < (uint)_groupOf.Length ? _groupOf[sample] : throw new ArgumentOutOfRangeException(nameof(samples), sample, "There is no such sample."))], Count);
    }
}
