using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A cell of a confusion matrix in words. <paramref name="Share"/> of all that was judged, 0 to 1; <paramref name="Address"/> opens its samples, null where there are none to open.</summary>
public sealed record ConfusionCell(int Count, string Words, bool Right, double Share, string? Address = null);

/// <summary>"spam missed" says more than a false negative.</summary>
public static class ConfusionWords
{
    /// <summary>A run's operating point: found, missed, flagged in error, passed; then what could not be scored, where there is any.</summary>
    public static IReadOnlyList<ConfusionCell> Of(CompareView view, string runId, PointFigures point)
    {
        var (positive, labels) = (view.PositiveLabel, view.Labels);
        var negative = labels.Count == 2 ? labels[0] == positive ? labels[1] : labels[0] : null;
        var total = Math.Max(1, point.TruePositives + point.FalseNegatives + point.FalsePositives + point.TrueNegatives + point.Unscorable);
        List<ConfusionCell> cells =
        [
            Cell(point.TruePositives, $"{positive} caught", true, Outcome(isPositive: true, flagged: true)),
            Cell(point.FalseNegatives, $"{positive} missed", false, Outcome(isPositive: true, flagged: false)),
            Cell(point.FalsePositives, $"{negative ?? "other"} flagged", false, Outcome(isPositive: false, flagged: true)),
            Cell(point.TrueNegatives, $"{negative ?? "other"} passed", true, Outcome(isPositive: false, flagged: false)),
        ];
        if (point.Unscorable > 0)
        {
            cells.Add(Cell(point.UnscorablePositives, $"{positive} without a readable answer", false, AppRoutes.UnscorableSamplesOf(view.ExperimentId, runId, positive)));
            cells.Add(Cell(point.Unscorable - point.UnscorablePositives, $"{negative ?? "other"} without a readable answer", false, negative is null ? null : AppRoutes.UnscorableSamplesOf(view.ExperimentId, runId, negative)));
        }

        return cells;

        ConfusionCell Cell(int count, string words, bool right, string? address) => new(count, words, right, (double)count / total, count > 0 ? address : null);

        string? Outcome(bool isPositive, bool flagged) =>
            point.Threshold is { } threshold ? AppRoutes.OutcomeSamplesOf(view.ExperimentId, runId, positive, threshold, isPositive, flagged) : null;
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
                AppRoutes.ConfusedSamplesOf(view.ExperimentId, runId, name, label))),
            Cell(confusion.Unscorable[truth], $"{name} unscorable", false, AppRoutes.UnscorableSamplesOf(view.ExperimentId, runId, name)),
        ];

        ConfusionCell Cell(int count, string words, bool right, string address) => new(count, words, right, (double)count / total, count > 0 && view.Scope.IsAll ? address : null); // lists are of all samples
    }

    /// <summary>The cells beside the diagonal that hold most, largest first.</summary>
    public static IReadOnlyList<ConfusionCell> MostFrequent(CompareView view, string runId, RunConfusion confusion, int most) =>
        [.. Enumerable.Range(0, view.Labels.Count).SelectMany(truth => Row(view, runId, confusion, truth)).Where(cell => cell is { Right: false, Count: > 0 }).OrderByDescending(cell => cell.Count).Take(most)];
}
