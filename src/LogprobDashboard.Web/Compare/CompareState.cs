using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>
/// What a compare page was asked to show: its query string. Defaults are left out, nonsense falls back, so every view is a link.
/// No runs: the latest completed one of each variant. No positive label: the experiment's.
/// </summary>
public sealed record CompareState
{
    private const int LongestId = 64;

    public CompareState(IEnumerable<string> runs, string? positive, CompareRule rule)
    {
        Runs = [.. runs.Where(IsId).Distinct(StringComparer.Ordinal).Take(SeriesPalette.Count)];
        Positive = string.IsNullOrEmpty(positive) ? null : positive;
        Rule = rule;
    }

    public static CompareState Default { get; } = new([], null, CompareRule.Default);

    public IReadOnlyList<string> Runs { get; }

    public string? Positive { get; }

    public CompareRule Rule { get; }

    public static CompareState Parse(string? runs, string? positive, string? rule) =>
        new((runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), positive, CompareRule.Parse(rule));

    public CompareState WithRuns(IEnumerable<string> runs) => new(runs, Positive, Rule);

    public CompareState WithPositive(string? positive) => new(Runs, positive, Rule);

    public CompareState WithRule(CompareRule rule) => new(Runs, Positive, rule);

    public CompareRequest ToRequest() => new(Runs, Positive, Rule.ToString());

    /// <summary>The page's address with this state.</summary>
    public string AddressOf(string experimentId) => AppRoutes.CompareOf(experimentId) + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        if (Runs.Count > 0)
            parts.Add("runs=" + string.Join(',', Runs));
        if (Positive is not null)
            parts.Add("positive=" + Uri.EscapeDataString(Positive));
        if (Rule != CompareRule.Default)
            parts.Add("rule=" + Rule);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public bool Equals(CompareState? other) =>
        other is not null && Runs.SequenceEqual(other.Runs, StringComparer.Ordinal) && Positive == other.Positive && Rule == other.Rule;

    public override int GetHashCode() => HashCode.Combine(Runs.Count, Runs.Count > 0 ? Runs[0] : null, Positive, Rule);

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
