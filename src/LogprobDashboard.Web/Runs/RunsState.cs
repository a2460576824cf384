using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>
/// What the runs page shows: the start form's choices and the page of the list. Defaults are left out, nonsense falls back.
/// No variants or no sources: all of them. No endpoint: the experiment's.
/// </summary>
public sealed record RunsState
{
    private const int LongestId = 64;
    private const int LongestSource = 500;

    public static RunsState Default { get; } = new();

    public IReadOnlyList<string> Variants { get; init => field = [.. value.Where(IsId).Distinct(StringComparer.Ordinal)]; } = [];

    public string? Endpoint { get; init => field = value is not null && IsId(value) ? value : null; }

    public IReadOnlyList<string> Sources { get; init => field = [.. value.Where(source => source.Length is > 0 and <= LongestSource).Distinct(StringComparer.Ordinal)]; } = [];

    public int? Limit { get; init => field = value is > 0 ? value : null; }

    /// <summary>Of the permutation that a limit takes the first samples of.</summary>
    public long Seed { get; init; }

    public bool UseCache { get; init; } = true;

    /// <summary>Tokens at which each run pauses.</summary>
    public long? MaxTokens { get; init => field = value is > 0 ? value : null; }

    /// <summary>Money at which each run pauses.</summary>
    public double? MaxCost { get; init => field = value is { } cost && double.IsFinite(cost) && cost > 0 ? value : null; }

    /// <summary>The list begins after this cursor; null: at the newest run.</summary>
    public string? Before { get; init => field = value is not null && IsId(value) ? value : null; }

    public static RunsState Parse(string? variants, string? endpoint, IEnumerable<string>? sources, string? limit, string? seed, string? cache, string? maxTokens, string? maxCost, string? before) => new()
    {
        Variants = (variants ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Endpoint = endpoint,
        Sources = [.. sources ?? []],
        Limit = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        Seed = long.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : 0,
        UseCache = cache != "off",
        MaxTokens = long.TryParse(maxTokens, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) ? tokens : null,
        MaxCost = double.TryParse(maxCost, NumberStyles.Float, CultureInfo.InvariantCulture, out var cost) ? cost : null,
        Before = before,
    };

    /// <summary>Whether a start would cost the same: where the list begins and where it pauses change nothing of that.</summary>
    public bool CostsLike(RunsState other) => WithoutBounds(this) == WithoutBounds(other);

    public RunInput ToInput() => new(
        Variants.Count > 0 ? Variants : null,
        Endpoint,
        Sources.Count > 0 ? Sources : null,
        Limit,
        Seed == 0 ? null : Seed,
        UseCache,
        MaxTokens,
        MaxCost);

    public string AddressOf(string experimentId) => AppRoutes.RunsOf(experimentId) + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        if (Variants.Count > 0)
            parts.Add("variants=" + string.Join(',', Variants));
        if (Endpoint is not null)
            parts.Add("endpoint=" + Endpoint);
        parts.AddRange(Sources.Select(source => "source=" + Uri.EscapeDataString(source)));
        if (Limit is { } limit)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"limit={limit}"));
        if (Seed != 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"seed={Seed}"));
        if (!UseCache)
            parts.Add("cache=off");
        if (MaxTokens is { } tokens)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"maxTokens={tokens}"));
        if (MaxCost is { } cost)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"maxCost={Uri.EscapeDataString(cost.ToString("R", CultureInfo.InvariantCulture))}"));
        if (Before is not null)
            parts.Add("before=" + Before);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public bool Equals(RunsState? other) =>
        other is not null && Variants.SequenceEqual(other.Variants, StringComparer.Ordinal) && Endpoint == other.Endpoint
        && Sources.SequenceEqual(other.Sources, StringComparer.Ordinal) && Limit == other.Limit && Seed == other.Seed && UseCache == other.UseCache
        && MaxTokens == other.MaxTokens && MaxCost.Equals(other.MaxCost) && Before == other.Before;

    public override int GetHashCode() => HashCode.Combine(Variants.Count, Endpoint, Sources.Count, Limit, Seed, UseCache, HashCode.Combine(MaxTokens, MaxCost, Before));

    private static RunsState WithoutBounds(RunsState state) => state with { Before = null, MaxTokens = null, MaxCost = null };

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
