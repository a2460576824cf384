using System.Globalization;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>
/// A dataset's column as slices: each sample's place in <paramref name="Values"/>, -1 where it has no value. A column of numbers with more than <see cref="MostValues"/> different ones is cut at its
/// quartiles; of another the most frequent are kept, and the rest is one slice.
/// </summary>
/// <param name="Name">The column's.</param>
/// <param name="Values">In the order of the file; bins ascend.</param>
/// <param name="Codes">By the sample's index.</param>
/// <param name="Binning">How values were put together.</param>
public sealed record SliceColumn(string Name, IReadOnlyList<string> Values, int[] Codes, SliceBinning Binning)
{
    public const int MostValues = 50;

    /// <summary>The slice of all values that are not frequent enough for one of their own.</summary>
    public const string Others = "(others)";

    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <param name="name">The column's.</param>
    /// <param name="values">By the sample's index; null where there is none.</param>
    public static SliceColumn Of(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value is not null)
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        if (counts.Count <= MostValues)
            return Coded(name, [.. counts.Keys], values, SliceBinning.None, value => value);
        return counts.Keys.All(value => Number(value) is not null) ? Binned(name, values) : Frequent(name, values, counts);
    }

    /// <summary>The value's place; -1 where there is none.</summary>
    public int CodeOf(string value) => Values.ToList().IndexOf(value);

    private static SliceColumn Binned(string name, IReadOnlyList<string?> values)
    {
        double[] sorted = [.. values.OfType<string>().Select(value => Number(value)!.Value).Order()];
        double[] edges = [.. Quartiles.Select(q => Quantile.Type7(sorted, q)!.Value).Distinct().Where(edge => edge < sorted[^1])];
        string[] names = [.. Enumerable.Range(0, edges.Length + 1).Select(bin => BinName(edges, bin))];
        return Coded(name, names, values, SliceBinning.Quartiles, value => names[edges.Count(edge => Number(value)!.Value > edge)]);
    }

    private static string BinName(double[] edges, int bin) =>
        edges.Length == 0 ? "all"
        : bin == 0 ? $"at most {Text(edges[0])}"
        : bin == edges.Length ? $"above {Text(edges[^1])}"
        : $"above {Text(edges[bin - 1])} to {Text(edges[bin])}";

    private static SliceColumn Frequent(string name, IReadOnlyList<string?> values, Dictionary<string, int> counts)
    {
        HashSet<string> kept = [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(MostValues).Select(count => count.Key)];
        return Coded(name, [.. counts.Keys.Where(kept.Contains), Others], values, SliceBinning.MostFrequent, value => kept.Contains(value) ? value : Others);
    }

    private static SliceColumn Coded(string name, IReadOnlyList<string> names, IReadOnlyList<string?> values, SliceBinning binning, Func<string, string> nameOf)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in names)
            codes.Add(text, codes.Count);
        return new SliceColumn(name, names, [.. values.Select(value => value is null ? -1 : codes[nameOf(value)])], binning);
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>How a column's values were put together for slices.</summary>
public enum SliceBinning
{
    /// <summary>A slice a value.</summary>
    None,

    /// <summary>Numbers, cut at their quartiles.</summary>
    Quartiles,

    /// <summary>The most frequent values, and one slice for the rest.</summary>
    MostFrequent,
}
