using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>What comes of answering only the surest samples of a judged run.</summary>
internal static class SelectiveCalculator
{
    /// <param name="run">All that is judged, nothing abstained from.</param>
    /// <param name="mostEntropy">What is above it is abstained from, in nats; null: nothing.</param>
    /// <returns>Null without a judged sample.</returns>
    public static SelectiveFigures? Of(JudgedRun run, double? mostEntropy)
    {
        if (run.JudgedRows.Count == 0)
            return null;
        var answered = run.Rows.Where(row => !(run.Scores.Entropy[row] > mostEntropy)).ToList();
        var kept = answered.Count + run.Unscorable;
        return new SelectiveFigures(
            Areas(run, byMargin: false),
            Areas(run, byMargin: true),
            Risk(run, run.Rows, run.JudgedRows.Count)!.Value,
            mostEntropy,
            (double)kept / run.JudgedRows.Count,
            Risk(run, answered, kept));
    }

    private static RiskAreas Areas(JudgedRun run, bool byMargin)
    {
        var (certainty, isError) = CalibrationCurves.Cases(run, byMargin);
        var curve = RiskCoverageCurve.Create(certainty, isError, run.Unscorable);
        return new RiskAreas(curve.AreaUnderRiskCoverage!.Value, curve.GeneralizedArea!.Value);
    }

    /// <summary>An unscorable sample is an error: it is among <paramref name="samples"/>, and not among the rows.</summary>
    private static double? Risk(JudgedRun run, IReadOnlyCollection<int> rows, int samples) =>
        samples == 0 ? null : 1 - ((double)rows.Count(row => run.Scores.Predicted[row] == run.Scores.TrueLabel[row]) / samples);
}
