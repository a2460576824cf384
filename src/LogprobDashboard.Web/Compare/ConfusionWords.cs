using LogprobDashboard.Web.Outliers;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Compare;

/// <summary>A cell of a confusion matrix in words. <paramref name="Share"/> of all that was judged, 0 to 1; <paramref name="Address"/> opens its samples, null where there are none to open.</summary>
public sealed record ConfusionCell(int Count, string Words, bool Right, double Share, string? Address = null);

/// <summary>"spam missed" says more than a false negative.</summary>
public static class ConfusionWords
{
    /// <summary>A run's operating point: found, missed, flagged in error, passed; then what could not be scored, where there is any.</summary>
    /// <param name="view">What the run is compared in.</param>
    /// <param name="run">Whose point it is.</param>
    /// <param name="point">Over all samples of the view, or as judged on those that did not choose its threshold.</param>
    /// <param name="isMoved">Whether a hand is moving thresholds: then the point is over all samples, whatever the view judges on.</param>
    public static IReadOnlyList<ConfusionCell> Of(CompareView view, ComparedRun run, PointFigures point, bool isMoved = false)
    {
        var (positive, labels) = (view.PositiveLabel, view.Labels);
        var negative = labels.Count == 2 ? labels[0] == positive ? labels[1] : labels[0] : null;
        var total = Math.Max(1, point.TruePositives + point.FalseNegatives + point.FalsePositives + point.TrueNegatives + point.Unscorable);
        List<ConfusionCell> cells =
        [
            Cell(point.TruePositives, $"{positive} caught", true, OutlierOutcome.Caught),
            Cell(point.FalseNegatives, $"{positive} missed", false, OutlierOutcome.Missed),
            Cell(point.FalsePositives, $"{negative ?? "other"} flagged", false, OutlierOutcome.Flagged),
            Cell(point.TrueNegatives, $"{negative ?? "other"} passed", true, OutlierOutcome.Passed),
        ];
        if (point.Unscorable > 0)
        {
            cells.Add(Cell(point.UnscorablePositives, $"{positive} without a readable answer", false, OutlierOutcome.UnscorablePositive));
            cells.Add(Cell(point.Unscorable - point.UnscorablePositives, $"{negative ?? "other"} without a readable answer", false, OutlierOutcome.UnscorableNegative));
        }

        return cells;

        ConfusionCell Cell(int count, string words, bool right, OutlierOutcome outcome) =>
            new(count, words, right, (double)count / total, count > 0 && OutcomeOf(view, run, point, isMoved, outcome) is { } cell ? CellAddress.Of(view, run.RunId, cell) : null);
    }

    /// <summary>A row of the matrix of predicted labels: one cell a label, then the unscorable. Shares are of the row.</summary>
    public static IReadOnlyList<ConfusionCell> Row(CompareView view, string runId, RunConfusion confusion, int truth)
    {
        var total = Math.Max(1, confusion.Counts[truth].Sum() + confusion.Unscorable[truth]);
        var name = view.Labels[truth];
        return
        [
            .. view.Labels.Select((label, predicted) => Cell(
                confusion.Counts[truth][predicted],
                predicted == truth ? $"{name} recognised" : $"{name} taken for {label}",
                predicted == truth,
                new OutlierCell(name, label))),
            Cell(confusion.Unscorable[truth], $"{name} unscorable", false, new OutlierCell(name, Unscorable: true)),
        ];

        ConfusionCell Cell(int count, string words, bool right, OutlierCell cell) => new(count, words, right, (double)count / total, count > 0 ? CellAddress.Of(view, runId, cell) : null);
    }

    /// <summary>The cells beside the diagonal that hold most, largest first.</summary>
    public static IReadOnlyList<ConfusionCell> MostFrequent(CompareView view, string runId, RunConfusion confusion, int most) =>
        [.. Enumerable.Range(0, view.Labels.Count).SelectMany(truth => Row(view, runId, confusion, truth)).Where(cell => cell is { Right: false, Count: > 0 }).OrderByDescending(cell => cell.Count).Take(most)];

    /// <summary>A point's threshold says which samples are where, unless each is judged at that of its own part, or none is flagged: then the rule says so. Null where neither can.</summary>
    private static OutlierCell? OutcomeOf(CompareView view, ComparedRun run, PointFigures point, bool isMoved, OutlierOutcome outcome)
    {
        var cell = new OutlierCell(Positive: view.PositiveLabel, Outcome: outcome);
        if (run.Validated is null || isMoved)
        {
            if (point.Threshold is { } threshold)
                return cell with { Threshold = threshold };
            if (view.Judging != PointJudging.Same)
                return null; // a part of the samples chose to flag none; all of them might choose otherwise
        }

        return view.Rule is { } rule ? cell with { Choice = new CellChoice(rule, view.Judging, view.Holdout, view.Seed) } : null;
    }
}
