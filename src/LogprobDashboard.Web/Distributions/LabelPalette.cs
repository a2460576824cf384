namespace LogprobDashboard.Web.Distributions;

/// <summary>The colour of a label: Tol's muted set by the label's place in the experiment's list. From the ninth label on the colours repeat in a lighter tint; the name always stands beside them.</summary>
public sealed class LabelPalette
{
    private const int Colors = 8;

    private readonly Dictionary<string, int> _places;

    public LabelPalette(IReadOnlyList<string> labels) =>
        _places = labels.Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place, StringComparer.Ordinal);

    /// <summary>What matches no label, and what was not seen.</summary>
    public const string OffLabel = "var(--off-label)";

    /// <summary>A CSS colour; grey for null and for a label outside the set.</summary>
    public string Color(string? label)
    {
        if (label is null || !_places.TryGetValue(label, out var place))
            return OffLabel;
        var color = FormattableString.Invariant($"var(--label-{(place % Colors) + 1})");
        var tint = Math.Max(40, 100 - (25 * (place / Colors)));
        return tint == 100 ? color : FormattableString.Invariant($"color-mix(in srgb, {color} {tint}%, var(--paper))");
    }
}
