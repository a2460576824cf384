using System.ComponentModel;
using System.Globalization;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>What a request compares. Names are those of the page's address; but nonsense is refused, not passed over: an answer must be what was asked for.</summary>
internal sealed record AskedComparison(
    [property: Description("Ids of runs, separated by commas; the latest completed run of each variant if left out.")] string? Runs,
    [property: Description("The positive label; the experiment's if left out.")] string? Positive,
    [property: Description("An operating point in log odds, of every run; not together with rule.")] string? Threshold,
    [property: Description("A rule that picks each run's operating point; maxF1 if left out.")] string? Rule,
    [property: Description("Runs with a threshold of their own, in log odds, as run:threshold,run:threshold.")] string? Thresholds,
    [property: Description("On which samples a rule's operating point is judged: same (those that chose it), holdout, or folds (five, cross-validated).")] string? Judging,
    [property: Description("The share that is held out to judge on, above 0 and below 1; 0.5 if left out.")] double? Holdout,
    [property: Description("The column that slice is a value of; the source's if left out.")] string? By,
    [property: Description("Only samples of this value of the column.")] string? Slice,
    [property: Description("Scored samples of a predictive entropy above this, in nats, are not judged.")] double? Abstain,
    [property: Description("Of the bootstrap, the folds and the holdout; 0 if left out.")] long? Seed)
{
    public IReadOnlyList<string> RunIds => [.. (Runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    public SampleScope Scope => ScopeOf(By, Slice, Abstain);

    /// <exception cref="UserErrorException">A choice is malformed.</exception>
    public CompareRequest ToRequest(int maxPoints)
    {
        if (RunIds.Count > CompareQueries.MostRuns)
            throw UserErrorException.Field("runs", $"{RunIds.Count} runs were given.", $"Give {CompareQueries.MostRuns} at most.", UserErrorKind.Malformed);
        if (!string.IsNullOrEmpty(Rule) && !ThresholdRule.TryParse(Rule, out _, out var problem))
            throw UserErrorException.Field("rule", $"\"{Rule}\" is not a rule.", problem!, UserErrorKind.Malformed);
        return new(RunIds, Positive, Rule, maxPoints, ThresholdOf(Threshold, Rule))
        {
            Thresholds = ThresholdsOf(Thresholds),
            Judging = QueryEnum.Parse(Judging, PointJudging.Same, "judging"),
            Holdout = HoldoutOf(Holdout),
            Seed = Seed ?? 0,
            Scope = Scope,
        };
    }

    /// <exception cref="UserErrorException">The view lacks a run, the label or the slice that was asked for.</exception>
    public void Check(CompareView view)
    {
        if (RunIds.FirstOrDefault(run => view.Runs.All(shown => shown.RunId != run)) is { } stranger)
            throw UserErrorException.NotFound("run of this experiment", stranger);
        if (!string.IsNullOrEmpty(Positive) && Positive != view.PositiveLabel)
            throw UserErrorException.Field("positive", $"\"{Positive}\" is not one of the labels.", $"Use one of {string.Join(", ", view.Labels)}.");
        if (view.Scope != Scope)
            throw UserErrorException.Field("slice", $"The dataset has no {By ?? "source"} \"{Slice}\" to make a slice of.", "Name a column of the dataset with by, and one of its values with slice.");
    }

    public static SampleScope ScopeOf(string? by, string? slice, double? abstain) => abstain is null or (>= 0 and <= double.MaxValue)
        ? new(string.IsNullOrEmpty(slice) || string.IsNullOrEmpty(by) ? null : by, string.IsNullOrEmpty(slice) ? null : slice, abstain)
        : throw UserErrorException.Field("abstain", "Entropy is not negative.", "Give nats, 0 or more.", UserErrorKind.Malformed);

    public static double HoldoutOf(double? share) => share is null or (> 0 and < 1)
        ? share ?? CompareState.UsualHoldout
        : throw UserErrorException.Field("holdout", $"A share of {share.Value.ToString(CultureInfo.InvariantCulture)} cannot be held out.", "Give a number above 0 and below 1.", UserErrorKind.Malformed);

    public static double? ThresholdOf(string? text, string? rule)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!string.IsNullOrEmpty(rule))
            throw UserErrorException.Field("threshold", "Both a threshold and a rule were given.", "Give one of them.", UserErrorKind.Malformed);
        return AddressParts.Number(text) ?? throw UserErrorException.Field("threshold", $"\"{text}\" is not a number.", "Give log odds with a decimal point, as 0 or 2.5.", UserErrorKind.Malformed);
    }

    private static IReadOnlyDictionary<string, double> ThresholdsOf(string? text)
    {
        var read = AddressParts.ReadThresholds(text);
        return read.Count == AddressParts.Split(text).Length
            ? read
            : throw UserErrorException.Field("thresholds", $"\"{text}\" does not give each run one threshold.", "Give run:threshold for each, with commas between, as 3:1.5,5:-2.", UserErrorKind.Malformed);
    }
}
