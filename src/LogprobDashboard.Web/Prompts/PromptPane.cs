namespace LogprobDashboard.Web.Prompts;

public enum PaneKind
{
    Edit,
    Versions,
    Diff,
}

/// <summary>What a card shows. Of a diff, what is compared: see <see cref="DiffSide"/>; null: the usual.</summary>
public sealed record PromptPane(string VariantId, PaneKind Kind, DiffSide? From = null, DiffSide? To = null)
{
    /// <summary>"3.versions", "4.diff", "4.diff.v2.now".</summary>
    public override string ToString() => (Kind, From, To) switch
    {
        (PaneKind.Diff, { } from, { } to) => $"{VariantId}.diff.{from}.{to}",
        (PaneKind.Diff, _, _) => $"{VariantId}.diff",
        (PaneKind.Versions, _, _) => $"{VariantId}.versions",
        _ => VariantId,
    };

    /// <summary>Null for nonsense, and for a card that shows its editor, which is the usual.</summary>
    public static PromptPane? Parse(string text)
    {
        var parts = text.Split('.');
        if (!PromptsState.IsId(parts[0]))
            return null;
        return parts switch
        {
            [var id, "versions"] => new PromptPane(id, PaneKind.Versions),
            [var id, "diff"] => new PromptPane(id, PaneKind.Diff),
            [var id, "diff", var from, var to] => DiffSide.Parse(from) is { } left && DiffSide.Parse(to) is { } right ? new PromptPane(id, PaneKind.Diff, left, right) : new PromptPane(id, PaneKind.Diff),
            _ => null,
        };
    }
}

/// <summary>One side of a diff: what is in the editor now, a version of the card's variant, or the newest words of another variant.</summary>
public sealed record DiffSide
{
    private DiffSide(int? version, string? variantId) => (Version, VariantId) = (version, variantId);

    public static DiffSide Now { get; } = new(null, null);

    public int? Version { get; }

    public string? VariantId { get; }

    public static DiffSide OfVersion(int version) => new(version, null);

    public static DiffSide OfVariant(string variantId) => new(null, variantId);

    /// <summary>"now", "v2", "n7".</summary>
    public override string ToString() => Version is { } version ? FormattableString.Invariant($"v{version}") : VariantId is null ? "now" : $"n{VariantId}";

    public static DiffSide? Parse(string? text) => text switch
    {
        "now" => Now,
        ['v', .. var number] when PromptsState.Number(number) is { } version and > 0 => OfVersion(version),
        ['n', .. var id] when PromptsState.IsId(id) => OfVariant(id),
        _ => null,
    };
}
