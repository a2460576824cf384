using LogprobDashboard.Analysis.OperatingPoints;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Judges a rule on samples that did not choose its threshold.</summary>
internal static class CrossValidation
{
    public const int Folds = 5;

    /// <summary>Null where a class has fewer samples than there are folds, or the rule finds no threshold without a fold.</summary>
    public static CrossValidatedFigures? Of(JudgedRun run, int positive, ThresholdRule rule, long seed)
    {
        var positives = run.PositivesByLabel[positive];
        if (positives < Folds || run.JudgedRows.Count - positives < Folds)
            return null;
        var (scores, labels) = run.Cases(positive);
        var choice = ValidatedChoice.CrossValidated(rule, scores, labels, Folds, seed);
        return choice.Judged is not { } judged
            ? null
            : new CrossValidatedFigures(Folds, seed, judged.Precision, judged.Recall, judged.F1, choice.Thresholds.Contains(null) ? null : choice.Thresholds.Min(), choice.Thresholds.Contains(null) ? null : choice.Thresholds.Max());
    }
}
