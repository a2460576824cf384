using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>What stands beside an operating point: where it lies, what it was judged on, what it comes to.</summary>
public static class OperatingPointWords
{
    /// <summary>Which samples are judged, and whether that is fair.</summary>
    public static string Of(CompareView view, CompareState state) => (state, view.Judging) switch
    {
        ({ Threshold: not null }, _) => "The same threshold for every run.",
        ({ Thresholds.Count: > 0 }, _) => "A threshold of its own for every run.",
        (_, PointJudging.Holdout) => $"Chosen on {Figures.Percent(1 - state.Holdout)} of the samples and judged on the others, stratified by label; seed {view.Seed}.",
        (_, PointJudging.Folds) => $"Cross-validated: each of five folds is judged at the threshold that the others chose, all counts summed; seed {view.Seed}.",
        _ => "Chosen and judged on the same samples: a little optimistic.",
    };

    /// <summary>What chooses the thresholds; null where nothing does for all runs.</summary>
    public static string? RuleOf(CompareState state) => state switch
    {
        { Threshold: { } threshold } => $"A threshold of one's own, {ThresholdWords.Of(threshold)}",
        { Thresholds.Count: > 0 } => null,
        _ => "Rule, applied to each run: " + NameOf(state.Rule),
    };

    public static string NameOf(CompareRule rule) => rule.Kind switch
    {
        CompareRuleKind.MaxFBeta => $"highest F-beta, beta {Number(rule.Value)}",
        CompareRuleKind.Precision => $"highest recall at a precision of at least {Number(rule.Value)}",
        CompareRuleKind.Recall => $"highest precision at a recall of at least {Number(rule.Value)}",
        CompareRuleKind.Cost => $"least cost, a false alarm at {Number(rule.Value)} and a missed positive at {Number(rule.Second)}",
        CompareRuleKind.Rate => $"at most a share of {Number(rule.Value)} flagged",
        _ => "highest F1",
    };

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    public static string? At(PointFigures? point) => point switch
    {
        null => null,
        { Threshold: { } threshold } => ThresholdWords.Of(threshold),
        _ => "flags none",
    };

    public static string Shares(PointFigures point) => $"Precision {Figures.Score(point.Precision)}, recall {Figures.Score(point.Recall)}, F1 {Figures.Score(point.F1)}";

    /// <summary>How many samples judged, and how far the folds' thresholds lie apart; null where all of them did.</summary>
    public static string? Folds(ValidatedPoint? validated, CompareView view) => validated switch
    {
        null or { Point: null } => null,
        { Folds: > 1, LowestThreshold: { } low, HighestThreshold: { } high } => $"The folds chose log odds {Figures.LogOdds(low)} to {Figures.LogOdds(high)}; shown beside the name is what all samples choose",
        { Folds: > 1 } => "Some folds flag none",
        _ => $"On {Figures.Count(validated.Samples)} held-out samples",
    };

    /// <summary>How cross-validated figures came about.</summary>
    public static string Spread(CrossValidatedFigures fair) =>
        $"Each of {fair.Folds} folds is judged at the threshold that the others chose{(fair is { LowestThreshold: { } low, HighestThreshold: { } high } ? $" (log odds {Figures.LogOdds(low)} to {Figures.LogOdds(high)})" : "")}; seed {fair.Seed}";
}
