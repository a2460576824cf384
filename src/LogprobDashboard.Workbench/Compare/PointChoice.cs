using LogprobDashboard.Analysis.OperatingPoints;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>How one run's operating point is chosen and judged.</summary>
/// <param name="Rule">What chooses where there is no threshold.</param>
/// <param name="Threshold">In log odds, chosen by a person.</param>
/// <param name="IsOwn">Whether that threshold is the run's own.</param>
internal sealed record PointChoice(ThresholdRule Rule, double? Threshold, bool IsOwn, PointJudging Judging, double Holdout, long Seed)
{
    public static PointChoice Of(CompareRequest request, string runId, ThresholdRule rule)
    {
        var isOwn = request.Thresholds.TryGetValue(runId, out var own);
        return new(rule, isOwn ? own : request.Threshold, isOwn, request.Judging, request.Holdout, request.Seed);
    }

    /// <summary>The point over all judged samples; and, where that was asked for and a rule chooses, as judged on samples that did not choose it.</summary>
    public (OperatingPoint? Chosen, ValidatedPoint? Validated) Choose(JudgedRun run, int positive)
    {
        var ranked = run.Ranked(positive);
        if (Threshold is { } typed)
            return (OperatingPoint.At(ranked, typed), null);
        if (Judging == PointJudging.Same)
            return (Rule.Choose(ranked), null);
        var least = Judging == PointJudging.Folds ? CrossValidation.Folds : 2;
        var positives = run.PositivesByLabel[positive];
        if (Math.Min(positives, run.JudgedRows.Count - positives) < least)
            return (Rule.Choose(ranked), Nothing($"Too few samples: {run.Scores.Labels[positive]} and the others need {least} each."));
        var (scores, isPositive) = run.Cases(positive);
        var choice = Judging == PointJudging.Folds
            ? ValidatedChoice.CrossValidated(Rule, scores, isPositive, CrossValidation.Folds, Seed)
            : ValidatedChoice.Holdout(Rule, scores, isPositive, Holdout, Seed);
        if (choice is not { Chosen: { } chosen, Judged: { } judged })
            return (choice.Chosen, Nothing("On a part of the samples no threshold satisfies the rule."));
        return (
            chosen.Threshold is { } threshold ? OperatingPoint.At(ranked, threshold) : OperatingPoint.FlagNone(ranked),
            new ValidatedPoint(ComparedRuns.Figures(judged), Count(judged), Judging == PointJudging.Folds ? CrossValidation.Folds : 1, Bound(choice, low: true), Bound(choice, low: false)));
    }

    private static ValidatedPoint Nothing(string problem) => new(null, 0, 0, null, null, problem);

    private static double? Bound(ValidatedChoice choice, bool low) => choice.Thresholds.Contains(null) ? null : low ? choice.Thresholds.Min() : choice.Thresholds.Max();

    private static int Count(OperatingPoint point) =>
        point.TruePositives + point.FalsePositives + point.TrueNegatives + point.FalseNegatives + point.UnscorablePositives + point.UnscorableNegatives;
}
