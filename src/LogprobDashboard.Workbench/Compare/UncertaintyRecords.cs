using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>How the bootstrap is drawn; 0 resamples: not at all.</summary>
public sealed record ResamplingRequest(int Resamples = GroupBootstrap.DefaultResamples, long Seed = 0)
{
    public const int MostResamples = 10_000;

    public static ResamplingRequest None { get; } = new(0);

    public bool IsNone => Resamples == 0;
}

/// <summary>
/// 95 % confidence intervals of one run's figures; null where not defined. Average precision and AUC on the logit scale, shares (accuracy, precision, recall) by Wilson,
/// the others by percentiles of the same resamples; a small calibration error comes out larger in resamples than it is, so its interval may lie above it. <paramref name="Groups"/> counts the different texts that were drawn.
/// </summary>
public sealed record RunIntervals(
    int Resamples,
    long Seed,
    int Groups,
    ConfidenceInterval? AveragePrecision,
    ConfidenceInterval? RocAuc,
    ConfidenceInterval? MacroAveragePrecision,
    ConfidenceInterval? MacroF1,
    ConfidenceInterval? Accuracy,
    ConfidenceInterval? LogLoss,
    ConfidenceInterval? Brier,
    ConfidenceInterval? Precision = null,
    ConfidenceInterval? Recall = null,
    ConfidenceInterval? F1 = null,
    ConfidenceInterval? Ece = null,
    ConfidenceInterval? ArgmaxF1 = null);

/// <summary>A run minus the baseline on <paramref name="Samples"/> samples that both have. <paramref name="MacroAveragePrecision"/> is null with two labels.</summary>
public sealed record PairedFigures(PairedDifference? AveragePrecision, PairedDifference? RocAuc, PairedDifference? MacroAveragePrecision, int Samples);

/// <summary>
/// A run against the baseline: over all samples that both answered, unscorable ones last; in <paramref name="ScoredByBoth"/> over those that both scored.
/// <paramref name="CorrectedPValue"/> is that of <see cref="Judged"/> (average precision; with several labels its macro mean) after Holm's correction over the runs compared.
/// <paramref name="SamplesToTell"/>: about how many samples would show a difference of this size; null where it shows already, or none would.
/// </summary>
public sealed record AgainstBaseline(
    PairedDifference? AveragePrecision,
    PairedDifference? RocAuc,
    PairedDifference? MacroAveragePrecision,
    McNemar? McNemar,
    int Samples,
    PairedFigures ScoredByBoth,
    double? CorrectedPValue,
    Verdict? Verdict,
    long? SamplesToTell)
{
    /// <summary>The difference that the verdict is about.</summary>
    internal PairedDifference? Judged => MacroAveragePrecision ?? AveragePrecision;
}

/// <summary>
/// A run of a comparison; <paramref name="AgainstBaseline"/> is null for the baseline itself. <paramref name="Validated"/>: the rule's operating point on samples that did not choose its threshold;
/// null unless that was asked for.
/// </summary>
public sealed record ComparisonRun(string RunId, string Name, RunMetrics Metrics, AgainstBaseline? AgainstBaseline, ValidatedPoint? Validated = null);

/// <summary>Up to eight runs beside each other, and what the differences say in a sentence.</summary>
public sealed record RunComparison(string PositiveLabel, string? Baseline, int Resamples, long Seed, IReadOnlyList<ComparisonRun> Runs, string Verdict);

/// <summary>What a compare page adds to a view once it is worked out: each run's intervals, in the view's order, and the differences from the baseline.</summary>
public sealed record CompareUncertainty(string? BaselineId, ResamplingRequest Resampling, IReadOnlyList<RunUncertainty> Runs)
{
    /// <summary>The run's part; null where it is not among them.</summary>
    public RunUncertainty? Of(string runId) => Runs.FirstOrDefault(run => run.RunId == runId);
}

/// <summary><paramref name="Sentence"/> says what the difference from the baseline means; <paramref name="CrossValidated"/> is null where no rule chose the threshold.</summary>
public sealed record RunUncertainty(string RunId, RunIntervals? Intervals, AgainstBaseline? AgainstBaseline, string? Sentence, CrossValidatedFigures? CrossValidated = null);

/// <summary>
/// What a rule comes to on samples that did not choose the threshold: each fold is judged at the threshold that the others chose, the counts are summed.
/// <paramref name="LowestThreshold"/> and <paramref name="HighestThreshold"/> span the folds' choices, in log odds; null where one flags none.
/// </summary>
public sealed record CrossValidatedFigures(int Folds, long Seed, double? Precision, double? Recall, double? F1, double? LowestThreshold, double? HighestThreshold);

/// <summary>Which runs to hold against which, on which samples, at which operating points. Without a baseline there are no differences.</summary>
public sealed record ComparisonRequest(CompareRequest Runs, string? Baseline = null, ResamplingRequest? Resampling = null);
