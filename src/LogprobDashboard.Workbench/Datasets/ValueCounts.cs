using System.Runtime.InteropServices;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>How often each value of a column occurs. At most <see cref="MostValues"/> different ones are counted, so that its memory is bounded.</summary>
internal sealed class ValueCounts
{
    public const int MostValues = 1_000;

    private readonly Dictionary<string, (string Value, int Count)> _counts = new(StringComparer.Ordinal);

    /// <summary>There are more different values than are counted.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Counts a value and gives the one instance of it back, so that rows under way share it.</summary>
    public string? Count(string? value)
    {
        if (value is null)
            return null;
        if (_counts.Count == MostValues && !_counts.ContainsKey(value))
        {
            HasMore = true;
            return value;
        }
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out var isKnown);
        entry = (isKnown ? entry.Value : value, entry.Count + 1);
        return entry.Value;
    }

    /// <summary>The most frequent first.</summary>
    public IEnumerable<(string Value, int Count)> ByCount() => _counts.Values.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Value, NaturalOrder.Comparer);
}
