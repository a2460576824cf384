using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A cell of a confusion matrix in words.</summary>
public static class CellWords
{
    public static string Sentence(OutliersView view, OutlierLook first)
    {
        var cell = view.Request.CellOrNone;
        var count = view.Counts.Cell;
        var be = count == 1 ? "was" : "were";
        if (cell.IsOutcome)
            return Outcome(view, cell, count, first.Full);
        var who = $"{Figures.Count(count)} {(cell.Label is null ? "" : cell.Label + " ")}{(count == 1 ? "sample" : "samples")}";
        return cell.Unscorable ? Unscorable(who, first.Full)
            : cell.Predicted is { } predicted ? $"{who} {be} predicted {predicted} by {first.Full}."
            : $"{who} {be} answered by {first.Full}.";
    }

    /// <summary>For the chip that takes the filter away again.</summary>
    public static string Short(OutliersView view)
    {
        var cell = view.Request.CellOrNone;
        if (cell.IsOutcome)
            return $"{Point(view, cell)}: {(IsUnscorable(cell) ? $"{Who(view, cell)} unscorable" : cell.Outcome!.Value.ToString().ToLowerInvariant())}";
        var predicted = cell.Unscorable ? "unscorable" : cell.Predicted is null ? "" : $"predicted {cell.Predicted}";
        return cell.Label is null ? predicted : predicted.Length == 0 ? $"labelled {cell.Label}" : $"labelled {cell.Label}, {predicted}";
    }

    private static string Outcome(OutliersView view, OutlierCell cell, int count, string run)
    {
        var positive = Positive(view);
        var held = cell is { Threshold: null, Choice.Judging: PointJudging.Holdout } ? "held-out " : "";
        var who = $"{Figures.Count(count)} {held}{Who(view, cell)} {(count == 1 ? "sample" : "samples")}";
        if (IsUnscorable(cell))
            return Unscorable(who, run);
        var be = count == 1 ? "is" : "are";
        var what = cell.Outcome switch
        {
            OutlierOutcome.Caught => $"{be} caught by {run}",
            OutlierOutcome.Missed => $"{be} missed by {run}",
            OutlierOutcome.Flagged => $"{be} flagged as {positive} by {run}",
            _ => $"{(count == 1 ? "passes" : "pass")} {run} as not {positive}",
        };
        return $"{who} {what}{At(cell)}.";
    }

    private static string Unscorable(string who, string run) => $"{who} could not be scored by {run}: no label could be read from the answer.";

    private static string At(OutlierCell cell) => cell switch
    {
        { Threshold: { } threshold } => $" at log odds {Figures.LogOdds(threshold)} (probability {Figures.Probability(1 / (1 + Math.Exp(-threshold)))})",
        { Choice: { Judging: PointJudging.Holdout } choice } => $" at the threshold that the other samples chose ({Rule(choice)})",
        { Choice: { Judging: PointJudging.Folds } choice } => $", each at the threshold that the other folds chose ({Rule(choice)})",
        _ => $" at the threshold that the rule chose ({Rule(cell.Choice!)})",
    };

    /// <summary>Where samples are told apart, for a chip.</summary>
    private static string Point(OutliersView view, OutlierCell cell) => cell switch
    {
        { Threshold: { } threshold } => $"{Positive(view)} at log odds {Figures.LogOdds(threshold)}",
        { Choice: { Judging: PointJudging.Holdout } choice } => $"{Positive(view)} on the held-out part, {Rule(choice)}",
        { Choice: { Judging: PointJudging.Folds } choice } => $"{Positive(view)} over five folds, {Rule(choice)}",
        _ => $"{Positive(view)}, {Rule(cell.Choice!)}",
    };

    private static string Rule(CellChoice choice) => OperatingPointWords.NameOf(CompareRule.Parse(choice.Rule));

    private static bool IsUnscorable(OutlierCell cell) => cell.Outcome is OutlierOutcome.UnscorablePositive or OutlierOutcome.UnscorableNegative;

    private static string Who(OutliersView view, OutlierCell cell)
    {
        var positive = Positive(view);
        return cell.Outcome is OutlierOutcome.Caught or OutlierOutcome.Missed or OutlierOutcome.UnscorablePositive ? positive
            : view.Labels.Count == 2 ? view.Labels.First(label => label != positive) : "other";
    }

    private static string Positive(OutliersView view) => view.Request.CellOrNone.Positive is { } given && view.Labels.Contains(given) ? given : view.PositiveLabel;
}
