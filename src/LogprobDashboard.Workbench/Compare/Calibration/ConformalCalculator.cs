using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>Conformal sets of a judged run's own probabilities.</summary>
internal static class ConformalCalculator
{
    private const double JudgedShare = 0.5;

    /// <summary>Null with fewer than two scored samples.</summary>
    public static ConformalFigures? Of(JudgedRun run, double errorRate, long seed)
    {
        int[] truth = [.. run.Rows.Select(row => run.Scores.TrueLabel[row])];
        var isJudged = StratifiedFolds.Holdout(truth, JudgedShare, seed);
        List<int> judged = [.. Enumerable.Range(0, truth.Length).Where(sample => isJudged[sample])];
        double[] calibration = [.. Enumerable.Range(0, truth.Length).Where(sample => !isJudged[sample]).Select(sample => run.Scores.Probability(run.Rows[sample], truth[sample]))];
        if (judged.Count == 0 || calibration.Length == 0)
            return null;
        var labels = run.Scores.Labels.Count;
        var sets = ConformalSets.Calibrate(calibration, errorRate);
        double[] probabilities = [.. judged.SelectMany(sample => Enumerable.Range(0, labels).Select(label => run.Scores.Probability(run.Rows[sample], label)))];
        var found = sets.Judge(probabilities, labels, [.. judged.Select(sample => truth[sample])])!;
        return new ConformalFigures(
            sets.Threshold is { } most ? 1 - most : null,
            sets.CalibrationSamples,
            found.Samples,
            found.Covered,
            found.Coverage,
            ConfidenceInterval.OfProportion(found.Covered, found.Samples)!,
            found.MeanSize,
            found.Sizes);
    }
}
