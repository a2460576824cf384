using System.Globalization;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Web.Prompts;

/// <summary>
/// What a prompts page was asked to show: its query string. Defaults are left out, nonsense falls back, so every view is a link.
/// No variants: the first two. No sample: the first. A text of one's own stands in the address as long as an address can hold it.
/// </summary>
public sealed record PromptsState
{
    /// <summary>The card of a variant that is not saved yet.</summary>
    public const string NewVariant = "new";

    private const int LongestId = 64;
    private const int LongestText = 4000;

    private PromptsState()
    {
    }

    public static PromptsState Default { get; } = new();

    public IReadOnlyList<string> Variants { get; private init; } = [];

    public int Sample { get; private init; }

    /// <summary>Only samples of this label are stepped through.</summary>
    public string? Label { get; private init; }

    /// <summary>A text of one's own takes the place of the sample.</summary>
    public bool Own { get; private init; }

    /// <summary>That text; null where it is too long for an address, and then the browser keeps it.</summary>
    public string? Text { get; private init; }

    /// <summary>Invisible characters are written out.</summary>
    public bool Invisible { get; private init; }

    /// <summary>The cards that show something else than their editor.</summary>
    public IReadOnlyList<PromptPane> Panes { get; private init; } = [];

    public static PromptsState Parse(string? variants, string? sample, string? label, string? own, string? text, string? invisible, string? panes)
    {
        var state = Default
            .WithVariants((variants ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .WithSample(Number(sample) ?? 0)
            .WithLabel(label)
            .WithInvisible(invisible == "1");
        state = text is not null ? state.WithText(text) : own == "1" ? state.WithText("") : state;
        return (panes ?? "").Split(',').Select(PromptPane.Parse).OfType<PromptPane>().Aggregate(state, (shown, pane) => shown.WithPane(pane));
    }

    public PromptsState WithVariants(IEnumerable<string> variants) => this with { Variants = [.. variants.Where(IsId).Distinct(StringComparer.Ordinal).Take(SeriesPalette.Count)] };

    public PromptsState WithSample(int sample) => this with { Sample = Math.Max(0, sample), Own = false, Text = null };

    public PromptsState WithLabel(string? label) => this with { Label = string.IsNullOrEmpty(label) ? null : label };

    public PromptsState WithText(string text) => this with { Own = true, Text = text.Length > 0 && Uri.EscapeDataString(text).Length <= LongestText ? text : null };

    public PromptsState WithInvisible(bool invisible) => this with { Invisible = invisible };

    public PromptsState WithPane(PromptPane pane)
    {
        var others = Panes.Where(other => other.VariantId != pane.VariantId);
        return this with { Panes = [.. pane.Kind == PaneKind.Edit ? others : others.Append(pane).Take(SeriesPalette.Count)] };
    }

    public PromptPane PaneOf(string variantId) => Panes.FirstOrDefault(pane => pane.VariantId == variantId) ?? new PromptPane(variantId, PaneKind.Edit);

    /// <summary>The page's address with this state.</summary>
    public string AddressOf(string experimentId) => AppRoutes.PromptsOf(experimentId) + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        if (Variants.Count > 0)
            parts.Add("variants=" + string.Join(',', Variants));
        if (Sample > 0)
            parts.Add("sample=" + Sample.ToString(CultureInfo.InvariantCulture));
        if (Label is not null)
            parts.Add("label=" + Uri.EscapeDataString(Label));
        if (Own)
            parts.Add(Text is null ? "own=1" : "text=" + Uri.EscapeDataString(Text));
        if (Invisible)
            parts.Add("invisible=1");
        if (Panes.Count > 0)
            parts.Add("panes=" + string.Join(',', Panes));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public bool Equals(PromptsState? other) =>
        other is not null && Variants.SequenceEqual(other.Variants, StringComparer.Ordinal) && Panes.SequenceEqual(other.Panes)
        && (Sample, Label, Own, Text, Invisible) == (other.Sample, other.Label, other.Own, other.Text, other.Invisible);

    public override int GetHashCode() => HashCode.Combine(Variants.Count, Panes.Count, Sample, Label, Own, Text, Invisible);

    internal static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    internal static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
