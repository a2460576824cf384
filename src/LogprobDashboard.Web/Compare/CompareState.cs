using System.Globalization;
using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>
/// What a compare page was asked to show: its query string. Defaults are left out, nonsense falls back, so every view is a link.
/// No runs: the latest completed one of each variant. No positive label: the experiment's. A threshold stands in the place of a rule, never beside one.
/// </summary>
public sealed record CompareState
{
    private const int LongestId = 64;
    private const string MultiplesText = "multiples";

    public CompareState(IEnumerable<string> runs, string? positive, CompareRule rule, double? threshold = null, CompareLayout layout = CompareLayout.OverEachOther, string? matrix = null, string? baseline = null)
    {
        Runs = Ids(runs);
        Positive = string.IsNullOrEmpty(positive) ? null : positive;
        Threshold = threshold is { } typed && TypedThreshold.IsAllowed(typed) ? typed : null;
        Rule = Threshold is null ? rule : CompareRule.Default;
        Layout = layout;
        Matrix = matrix is not null && IsId(matrix) ? matrix : null;
        Baseline = baseline is not null && IsId(baseline) ? baseline : null;
    }

    public static CompareState Default { get; } = new([], null, CompareRule.Default);

    public IReadOnlyList<string> Runs { get; private init; }

    public string? Positive { get; private init; }

    public CompareRule Rule { get; private init; }

    /// <summary>Log odds, the same for every run; null where the rule picks one for each.</summary>
    public double? Threshold { get; private init; }

    public CompareLayout Layout { get; private init; }

    /// <summary>The run whose confusion matrix is shown where there is room for one only; null is the first.</summary>
    public string? Matrix { get; private init; }

    /// <summary>The run that the others are held against; null is the first that is shown.</summary>
    public string? Baseline { get; private init; }

    public static CompareState Parse(string? runs, string? positive, string? rule, string? threshold = null, string? layout = null, string? matrix = null, string? baseline = null) => new(
        Split(runs),
        positive,
        CompareRule.Parse(rule),
        double.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var typed) ? typed : null,
        layout == MultiplesText ? CompareLayout.Multiples : CompareLayout.OverEachOther,
        matrix,
        baseline);

    /// <summary>How many different runs an address names: more than are shown have to be told.</summary>
    public static int CountRuns(string? runs) => Split(runs).Where(IsId).Distinct(StringComparer.Ordinal).Count();

    public CompareState WithRuns(IEnumerable<string> runs) => this with { Runs = Ids(runs) };

    public CompareState WithPositive(string? positive) => this with { Positive = string.IsNullOrEmpty(positive) ? null : positive };

    public CompareState WithRule(CompareRule rule) => this with { Rule = rule, Threshold = null };

    public CompareState WithThreshold(double threshold) => TypedThreshold.IsAllowed(threshold) ? this with { Rule = CompareRule.Default, Threshold = threshold } : this;

    public CompareState WithLayout(CompareLayout layout) => this with { Layout = layout };

    public CompareState WithMatrix(string? runId) => this with { Matrix = runId };

    public CompareState WithBaseline(string? runId) => this with { Baseline = runId is not null && IsId(runId) ? runId : null };

    public CompareRequest ToRequest() => new(Runs, Positive, Rule.ToString(), Threshold: Threshold);

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
            parts.Add("rule=" + Plus(Rule.ToString()));
        if (Threshold is { } threshold)
            parts.Add("threshold=" + Plus(threshold.ToString("R", CultureInfo.InvariantCulture)));
        if (Layout == CompareLayout.Multiples)
            parts.Add("layout=" + MultiplesText);
        if (Matrix is not null)
            parts.Add("matrix=" + Matrix);
        if (Baseline is not null)
            parts.Add("baseline=" + Baseline);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public bool Equals(CompareState? other) =>
        other is not null && Runs.SequenceEqual(other.Runs, StringComparer.Ordinal) && Positive == other.Positive && Rule == other.Rule
        && Threshold == other.Threshold && Layout == other.Layout && Matrix == other.Matrix && Baseline == other.Baseline;

    public override int GetHashCode() => HashCode.Combine(Runs.Count, Runs.Count > 0 ? Runs[0] : null, Positive, Rule, Threshold, Layout, Matrix);

    private static string[] Split(string? runs) => (runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IReadOnlyList<string> Ids(IEnumerable<string> runs) => [.. runs.Where(IsId).Distinct(StringComparer.Ordinal).Take(SeriesPalette.Count)];

    /// <summary>A plus sign in a query is a space.</summary>
    private static string Plus(string number) => number.Replace("+", "%2B", StringComparison.Ordinal);

    private static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
