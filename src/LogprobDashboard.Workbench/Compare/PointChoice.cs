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
        if (Validate(run, positive) is not { } choice)
            return (Rule.Choose(ranked), Nothing($"Too few samples: {run.Scores.Labels[positive]} and the others need {Least} each."));
        if (choice is not { Chosen: { } chosen, Judged: { } judged })
            return (choice.Chosen, Nothing("On a part of the samples no threshold satisfies the rule."));
        return (
            chosen.Threshold is { } threshold ? OperatingPoint.At(ranked, threshold) : OperatingPoint.FlagNone(ranked),
            new ValidatedPoint(ComparedRuns.Figures(judged), Count(judged), Judging == PointJudging.Folds ? CrossValidation.Folds : 1, Bound(choice, low: true), Bound(choice, low: false)));
    }

    /// <summary>By the run's row, the log odds that the shown point judges it at: infinite where none is flagged, NaN where the row is not judged.</summary>
    public double[] ThresholdsOf(JudgedRun run, int positive)
    {
        var rows = new double[run.Scores.Count];
        Array.Fill(rows, double.NaN);
        var (thresholds, judgedBy) = Steps(run, positive);
        for (var i = 0; i < judgedBy.Count; i++)
        {
            if (judgedBy[i] >= 0)
                rows[run.JudgedRows[i]] = thresholds[judgedBy[i]] ?? double.PositiveInfinity;
        }

        return rows;
    }

    /// <summary>The thresholds that were chosen, and by judged sample which of them it is judged at, as <see cref="ValidatedChoice.JudgedBy"/>.</summary>
    private (IReadOnlyList<double?> Thresholds, IReadOnlyList<int> JudgedBy) Steps(JudgedRun run, int positive)
    {
        if (Threshold is null && Judging != PointJudging.Same)
            return Validate(run, positive) is { Chosen: not null, Judged: not null } choice ? (choice.Thresholds, choice.JudgedBy) : ([], []);
        return Choose(run, positive).Chosen is { } point ? ([point.Threshold], new int[run.JudgedRows.Count]) : ([], []);
    }

    private int Least => Judging == PointJudging.Folds ? CrossValidation.Folds : 2;

    /// <summary>Null where there are too few samples.</summary>
    private ValidatedChoice? Validate(JudgedRun run, int positive)
    {
        var positives = run.PositivesByLabel[positive];
        if (Math.Min(positives, run.JudgedRows.Count - positives) < Least)
            return null;
        var (scores, isPositive) = run.Cases(positive);
        return Judging == PointJudging.Folds
            ? ValidatedChoice.CrossValidated(Rule, scores, isPositive, CrossValidation.Folds, Seed)
            : ValidatedChoice.Holdout(Rule, scores, isPositive, Holdout, Seed);
    }

    private static ValidatedPoint Nothing(string problem) => new(null, 0, 0, null, null, problem);

    private static double? Bound(ValidatedChoice choice, bool low) => choice.Thresholds.Contains(null) ? null : low ? choice.Thresholds.Min() : choice.Thresholds.Max();

    private static int Count(OperatingPoint point) =>
        point.TruePositives + point.FalsePositives + point.TrueNegatives + point.FalseNegatives + point.UnscorablePositives + point.UnscorableNegatives;
}
