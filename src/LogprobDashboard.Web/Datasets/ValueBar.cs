using LogprobDashboard.Web.Distributions;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>A value of a column and how often it occurs; <paramref name="Address"/> shows only its samples, or all again where it is the current one.</summary>
public sealed record ValueBar(string Name, int Count, string Color, string? Address = null, bool IsCurrent = false)
{
    private const string ValueColor = "var(--soft)";

    /// <summary>Labels. In one colour: a label's own belongs to an experiment, whose list gives the order.</summary>
    public static IReadOnlyList<ValueBar> OfLabels(IReadOnlyList<LabelCount> labels, int rows, DatasetState? state = null, string datasetId = "") =>
        Of(labels.Select(label => (label.Label, label.Count)), "no label", rows, state?.Label, label => state?.WithLabel(label).AddressOf(datasetId));

    public static IReadOnlyList<ValueBar> OfSources(IReadOnlyList<SourceCount> sources, int rows, DatasetState? state = null, string datasetId = "") =>
        Of(sources.Select(source => (source.Source, source.Count)), "no source", rows, state?.Source, source => state?.WithSource(source).AddressOf(datasetId));

    private static IReadOnlyList<ValueBar> Of(
        IEnumerable<(string Value, int Count)> values, string none, int rows, string? current, Func<string?, string?> address)
    {
        var bars = values.Select(value => Bar(value.Value, value.Value, value.Count)).ToList();
        var rest = rows - bars.Sum(bar => bar.Count);
        if (rest > 0)
            bars.Add(Bar(none, "", rest));
        return bars;

        ValueBar Bar(string name, string value, int count) =>
            new(name, count, value.Length == 0 ? LabelPalette.OffLabel : ValueColor, address(current == value ? null : value), current == value);
    }
}
