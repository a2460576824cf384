using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Web.Compare;

/// <summary>
/// What a compare page was asked to show: its query string (<see cref="CompareAddress"/>). Defaults are left out, nonsense falls back, so every view is a link.
/// No runs: the latest completed one of each variant. No positive label: the experiment's. A threshold stands in the place of a rule, never beside one.
/// </summary>
public sealed record CompareState
{
    public const double UsualHoldout = 0.5;

    /// <summary>No entropy is above: there are 50 labels at most.</summary>
    public const double HighestAbstain = 10;

    public static CompareState Default { get; } = new();

    public IReadOnlyList<string> Runs { get; init => field = AddressParts.Ids(value); } = [];

    public string? Positive { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>The default where there is a <see cref="Threshold"/>.</summary>
    public CompareRule Rule { get; private init; } = CompareRule.Default;

    /// <summary>Log odds, the same for every run; null where the rule picks one for each.</summary>
    public double? Threshold { get; private init; }

    /// <summary>Runs with a threshold of their own, in log odds; the others follow the rule or the common threshold.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init => field = AddressParts.Thresholds(value); } = AddressParts.NoThresholds;

    /// <summary>Which samples the operating points are judged on.</summary>
    public PointJudging Judging { get; init; }

    /// <summary>The share of the samples that is held out to judge on, within 0 and 1.</summary>
    public double Holdout { get; init => field = value is > 0 and < 1 ? value : UsualHoldout; } = UsualHoldout;

    /// <summary>Of the bootstrap, the folds and the holdout.</summary>
    public long Seed { get; init; }

    public CompareChart Chart { get; init; }

    public CompareLayout Layout { get; init; }

    /// <summary>Whether curves have bands of confidence.</summary>
    public bool Bands { get; init; }

    /// <summary>Whether lines of equal F1 are drawn.</summary>
    public bool EqualF1 { get; init; }

    /// <summary>Whether the reliability diagram's bins are of equal width, not of equal mass.</summary>
    public bool EqualWidth { get; init; }

    /// <summary>Whether the risk-coverage curve takes a wide log margin for certainty, not low entropy. With two labels they order samples alike.</summary>
    public bool ByMargin { get; init; }

    /// <summary>Null shows the whole chart.</summary>
    public CompareZoom? Zoom { get; init => field = AddressParts.IsZoom(value) ? value : null; }

    /// <summary>Runs whose curves are off.</summary>
    public IReadOnlyList<string> Hidden { get; init => field = AddressParts.Ids(value); } = [];

    /// <summary>The run whose confusion matrix is shown where there is room for one only; null is the first.</summary>
    public string? Matrix { get; init => field = AddressParts.Id(value); }

    /// <summary>The run that the others are held against; null is the first that is shown.</summary>
    public string? Baseline { get; init => field = AddressParts.Id(value); }

    /// <summary>The column that slices are made by; null is the source's.</summary>
    public string? By { get; init => field = AddressParts.Words(value); }

    /// <summary>The value of that column to which the whole page is restricted; null is all.</summary>
    public string? Slice { get; init => field = AddressParts.Words(value); }

    /// <summary>Samples of a predictive entropy above this, in nats, are not judged; null judges all.</summary>
    public double? Abstain { get; init => field = value is >= 0 and <= HighestAbstain ? value : null; }

    public CompareDetail Detail { get; init; }

    /// <summary>What the calibration part sets beside the model's own probabilities.</summary>
    public Calibrator Calibrator { get; init; }

    /// <summary>Whether the calibration part judges the positive label against the rest, not the predicted one; with two labels it always does.</summary>
    public bool OfLabel { get; init; }

    /// <summary>The error rate that conformal sets may have, within 0 and 1.</summary>
    public double Error { get; init => field = value is > 0 and < 1 ? value : CalibrationRequest.UsualErrorRate; } = CalibrationRequest.UsualErrorRate;

    public CompareState WithRuns(IEnumerable<string> runs) => this with { Runs = [.. runs] };

    public CompareState WithPositive(string? positive) => this with { Positive = positive };

    /// <summary>One rule for all runs.</summary>
    public CompareState WithRule(CompareRule rule) => this with { Rule = rule, Threshold = null, Thresholds = AddressParts.NoThresholds };

    /// <summary>One threshold for all runs.</summary>
    public CompareState WithThreshold(double threshold) =>
        TypedThreshold.IsAllowed(threshold) ? this with { Rule = CompareRule.Default, Threshold = threshold, Thresholds = AddressParts.NoThresholds } : this;

    /// <summary>A threshold for one run; the others keep what they have.</summary>
    public CompareState WithThresholdOf(string runId, double threshold) => this with { Thresholds = new Dictionary<string, double>(Thresholds) { [runId] = threshold } };

    public CompareState WithLayout(CompareLayout layout) => this with { Layout = layout };

    public CompareState WithMatrix(string? runId) => this with { Matrix = runId };

    public CompareState WithBaseline(string? runId) => this with { Baseline = runId };

    public CompareRequest ToRequest() => new(Runs, Positive, Rule.ToString(), Threshold: Threshold)
    {
        Thresholds = Thresholds,
        Judging = Judging,
        Holdout = Holdout,
        Seed = Seed,
        Scope = new SampleScope(Slice is null ? null : By, Slice, Abstain),
    };

    /// <summary>Four decimals, rounded up so that the sample of that entropy is still judged.</summary>
    public CompareState WithAbstain(double mostEntropy) => this with { Abstain = Math.Ceiling(mostEntropy * 1e4) / 1e4 };

    public CalibrationRequest ToCalibrationRequest() => new(OfLabel, EqualWidth, Error);

    /// <summary>The page's address with this state.</summary>
    public string AddressOf(string experimentId) => AppRoutes.CompareOf(experimentId) + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery() => CompareAddress.Write(this);

    /// <summary>States are the same where their addresses are.</summary>
    public bool Equals(CompareState? other) => other is not null && ToQuery() == other.ToQuery();

    public override int GetHashCode() => ToQuery().GetHashCode(StringComparison.Ordinal);

    /// <param name="value">The value of a query's part by its name; null where it has none.</param>
    public static CompareState Parse(Func<string, string?> value)
    {
        var state = CompareAddress.Read(value);
        return AddressParts.Number(value("threshold")) is { } threshold && TypedThreshold.IsAllowed(threshold)
            ? state with { Threshold = threshold }
            : state with { Rule = CompareRule.Parse(value("rule")) };
    }

    /// <summary>How many different runs an address names: more than are shown have to be told.</summary>
    public static int CountRuns(string? runs) => AddressParts.Split(runs).Where(AddressParts.IsId).Distinct(StringComparer.Ordinal).Count();
}
