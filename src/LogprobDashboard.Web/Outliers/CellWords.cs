using LogprobDashboard.Web.Layout;
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
        return cell.Unscorable ? $"{who} could not be scored by {first.Full}: no label could be read from the answer."
            : cell.Predicted is { } predicted ? $"{who} {be} predicted {predicted} by {first.Full}."
            : $"{who} {be} answered by {first.Full}.";
    }

    /// <summary>For the chip that takes the filter away again.</summary>
    public static string Short(OutliersView view)
    {
        var cell = view.Request.CellOrNone;
        if (cell.IsOutcome)
            return $"{Positive(view)} at log odds {Figures.LogOdds(cell.Threshold!.Value)}: {cell.Outcome!.Value.ToString().ToLowerInvariant()}";
        var predicted = cell.Unscorable ? "unscorable" : cell.Predicted is null ? "" : $"predicted {cell.Predicted}";
        return cell.Label is null ? predicted : predicted.Length == 0 ? $"labelled {cell.Label}" : $"labelled {cell.Label}, {predicted}";
    }

    private static string Outcome(OutliersView view, OutlierCell cell, int count, string run)
    {
        var positive = Positive(view);
        var others = view.Labels.Count == 2 ? view.Labels.First(label => label != positive) : "other";
        var isPositive = cell.Outcome is OutlierOutcome.Caught or OutlierOutcome.Missed;
        var who = $"{Figures.Count(count)} {(isPositive ? positive : others)} {(count == 1 ? "sample" : "samples")}";
        var be = count == 1 ? "is" : "are";
        var what = cell.Outcome switch
        {
            OutlierOutcome.Caught => $"{be} caught by {run}",
            OutlierOutcome.Missed => $"{be} missed by {run}",
            OutlierOutcome.Flagged => $"{be} flagged as {positive} by {run}",
            _ => $"{(count == 1 ? "passes" : "pass")} {run} as not {positive}",
        };
        return $"{who} {what} at log odds {Figures.LogOdds(cell.Threshold!.Value)} (probability {Figures.Probability(1 / (1 + Math.Exp(-cell.Threshold.Value)))}).";
    }

    private static string Positive(OutliersView view) => view.Request.CellOrNone.Positive is { } given && view.Labels.Contains(given) ? given : view.PositiveLabel;
}
