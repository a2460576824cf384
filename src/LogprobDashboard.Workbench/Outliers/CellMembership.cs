using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Whether a row of the first run belongs to the cell that was asked for: counted as the confusion matrix counts it, scored and unscorable samples apart.</summary>
/// <param name="scores">Of the first run.</param>
/// <param name="cell">Of its matrix.</param>
/// <param name="positiveLabel">The experiment's.</param>
/// <param name="thresholds">By row, where a choice is what puts samples on a side; NaN for what it does not judge.</param>
internal sealed class CellMembership(RunScores scores, OutlierCell cell, string positiveLabel, double[]? thresholds)
{
    private readonly int _label = IndexOf(scores, cell.Label);
    private readonly int _predicted = IndexOf(scores, cell.Predicted);
    private readonly int _positive = IndexOf(scores, cell.Positive ?? positiveLabel);

    public bool Contains(int row)
    {
        if (cell.Label is not null && scores.TrueLabel[row] != _label)
            return false;
        if (cell.Unscorable && (scores.Status[row] != ResultStatus.Unscorable || scores.TrueLabel[row] < 0))
            return false;
        if (cell.Predicted is not null && (scores.Status[row] != ResultStatus.Scored || scores.Predicted[row] != _predicted))
            return false;
        return !cell.IsOutcome || HasOutcome(row);
    }

    /// <summary>Flagged is what scores at least the threshold; samples without a true label of the set are on neither side.</summary>
    private bool HasOutcome(int row)
    {
        var threshold = cell.Threshold ?? thresholds?[row] ?? double.NaN;
        if (scores.Status[row] == ResultStatus.Failed || scores.TrueLabel[row] < 0 || _positive < 0 || double.IsNaN(threshold))
            return false;
        var isPositive = scores.TrueLabel[row] == _positive;
        if (scores.Status[row] == ResultStatus.Unscorable)
            return cell.Outcome == (isPositive ? OutlierOutcome.UnscorablePositive : OutlierOutcome.UnscorableNegative);
        var flagged = scores.Score(row, _positive) >= threshold;
        return cell.Outcome == (isPositive
            ? flagged ? OutlierOutcome.Caught : OutlierOutcome.Missed
            : flagged ? OutlierOutcome.Flagged : OutlierOutcome.Passed);
    }

    private static int IndexOf(RunScores scores, string? label)
    {
        for (var index = 0; index < scores.Labels.Count; index++)
        {
            if (scores.Labels[index] == label)
                return index;
        }

        return -2; // equal to no row's label, not even to "none"
    }
}
