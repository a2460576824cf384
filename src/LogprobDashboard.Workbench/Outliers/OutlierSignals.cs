using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Reads a signal off a run's columns; NaN where it is not defined for a row.</summary>
internal static class OutlierSignals
{
    /// <summary>By coverage an answer without a label has 0; loss needs a true label of the set.</summary>
    public static double Value(RunScores scores, int row, OutlierSortKey key, int positive)
    {
        if (row < 0 || scores.Status[row] == ResultStatus.Failed)
            return double.NaN;
        if (scores.Status[row] == ResultStatus.Unscorable)
            return key == OutlierSortKey.Coverage ? 0 : double.NaN;
        return key switch
        {
            OutlierSortKey.Entropy => scores.Entropy[row],
            OutlierSortKey.Margin => scores.LogMargin[row],
            OutlierSortKey.Coverage => scores.Coverage[row],
            OutlierSortKey.Loss => scores.TrueLabel[row] < 0 ? double.NaN : LogLoss.OfTrueLabel(scores.Probability(row, scores.TrueLabel[row])),
            OutlierSortKey.Score => scores.Score(row, positive),
            _ => double.NaN,
        };
    }

    public static OutlierSortKey KeyOf(OutlierOrder by) => by switch
    {
        OutlierOrder.Margin => OutlierSortKey.Margin,
        OutlierOrder.Coverage => OutlierSortKey.Coverage,
        OutlierOrder.Loss => OutlierSortKey.Loss,
        _ => OutlierSortKey.Entropy,
    };

    /// <summary>Margin and coverage: the lowest come first.</summary>
    public static bool Rises(OutlierSortKey key) => key is OutlierSortKey.Margin or OutlierSortKey.Coverage;
}
