using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>
/// Which sample a row of the file became. Rows count from 1, samples from 0; rows without text are no samples, and shift those behind them.
/// A warning names only the first rows of its kind, so behind the last one named nothing is known.
/// </summary>
public static class SampleOfRow
{
    private const string LeftOut = "emptyText";

    public static int? Find(IReadOnlyList<ImportWarning> warnings, int row)
    {
        var leftOut = warnings.FirstOrDefault(warning => warning.Code == LeftOut);
        var named = leftOut?.Rows ?? [];
        if (named.Contains(row) || leftOut?.Count > named.Count && row > named.DefaultIfEmpty().Max())
            return null;
        return row - 1 - named.Count(other => other < row);
    }
}
