using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A cell of a confusion matrix in words. <paramref name="Share"/> of all that was judged, 0 to 1.</summary>
public sealed record ConfusionCell(int Count, string Words, bool Right, double Share);

/// <summary>"spam missed" says more than a false negative.</summary>
public static class ConfusionWords
{
    /// <summary>Found, missed, flagged in error, passed; then what could not be scored, where there is any.</summary>
    public static IReadOnlyList<ConfusionCell> Of(PointFigures point, string positive, IReadOnlyList<string> labels)
    {
        var negative = labels.Count == 2 ? labels[0] == positive ? labels[1] : labels[0] : "other";
        var total = Math.Max(1, point.TruePositives + point.FalseNegatives + point.FalsePositives + point.TrueNegatives + point.Unscorable);
        List<ConfusionCell> cells =
        [
            Cell(point.TruePositives, $"{positive} caught", true),
            Cell(point.FalseNegatives, $"{positive} missed", false),
            Cell(point.FalsePositives, $"{negative} flagged", false),
            Cell(point.TrueNegatives, $"{negative} passed", true),
        ];
        if (point.Unscorable > 0)
            cells.Add(Cell(point.Unscorable, "without a readable answer, counted as wrong", false));
        return cells;

        ConfusionCell Cell(int count, string words, bool right) => new(count, words, right, (double)count / total);
    }
}
