using LogprobDashboard.Analysis.Calibration;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>The figures of a judged run's probabilities, as they are and calibrated; every number comes from Analysis.</summary>
internal static class CalibrationCalculator
{
    /// <summary>The model's own first. Empty without a scored sample.</summary>
    public static IReadOnlyList<CalibratedFigures> Figures(JudgedRun run, int positive, CalibrationRequest request, long seed)
    {
        if (run.Rows.Count == 0)
            return [];
        var cases = new CalibrationCases(run);
        var judge = new CalibrationJudge(cases, positive, OfOneLabel: cases.Labels == 2 || request.OfLabel, request.EqualWidth, run.Unscorable);
        List<CalibratedFigures?> figures =
        [
            judge.Judge(Calibrator.None, cases.Probabilities, null) with { Accuracy = run.Confusion().Accuracy },
            Temperature(cases, judge, seed),
            judge.OfOneLabel ? Platt(cases, judge, positive, seed) : null,
            cases.Labels > 2 ? Batch(cases, judge) : null,
        ];
        return [.. figures.OfType<CalibratedFigures>()];
    }

    private static CalibratedFigures? Temperature(CalibrationCases cases, CalibrationJudge judge, long seed) =>
        CrossFitting.Temperature(cases.LogProbabilities, cases.Labels, cases.Truth, seed) is { } scaled && TemperatureScaling.Fit(cases.LogProbabilities, cases.Labels, cases.Truth) is { } fit
            ? judge.Judge(Calibrator.Temperature, Exponentials(scaled), new CalibratorFit(Temperature: fit.Temperature))
            : null;

    private static CalibratedFigures? Platt(CalibrationCases cases, CalibrationJudge judge, int positive, long seed)
    {
        double[] scores = [.. cases.Rows.Select(row => cases.Run.Scores.Score(row, positive))];
        bool[] isPositive = [.. cases.Truth.Select(label => label == positive)];
        return CrossFitting.Platt(scores, isPositive, seed) is { } probabilities && PlattScaling.Fit(scores, isPositive) is { } fit
            ? judge.JudgeLabel(Calibrator.Platt, probabilities, new CalibratorFit(Slope: fit.Slope, Intercept: fit.Intercept))
            : null;
    }

    private static CalibratedFigures Batch(CalibrationCases cases, CalibrationJudge judge)
    {
        var means = new double[cases.Labels];
        for (var at = 0; at < cases.LogProbabilities.Length; at++)
            means[at % cases.Labels] += cases.LogProbabilities[at] / cases.Rows.Count;
        return judge.Judge(Calibrator.Batch, Exponentials(BatchCalibration.Apply(cases.LogProbabilities, cases.Labels)), new CalibratorFit(Offsets: means));
    }

    private static double[] Exponentials(double[] logProbabilities) => [.. logProbabilities.Select(value => Math.Min(1, Math.Exp(value)))];
}

/// <summary>A run's scored samples: p and ln p of every label, sample by sample, and the true labels.</summary>
internal sealed class CalibrationCases
{
    public CalibrationCases(JudgedRun run)
    {
        (Run, Rows, Labels) = (run, run.Rows, run.Scores.Labels.Count);
        Truth = [.. Rows.Select(row => run.Scores.TrueLabel[row])];
        (Probabilities, LogProbabilities) = (new double[Rows.Count * Labels], new double[Rows.Count * Labels]);
        for (var sample = 0; sample < Rows.Count; sample++)
        {
            var masses = run.Scores.Masses(Rows[sample]);
            var total = 0.0;
            foreach (var mass in masses)
                total += mass;
            for (var label = 0; label < Labels; label++)
                (Probabilities[(sample * Labels) + label], LogProbabilities[(sample * Labels) + label]) = (masses[label] / total, Math.Log(masses[label]) - Math.Log(total));
        }
    }

    public JudgedRun Run { get; }

    public IReadOnlyList<int> Rows { get; }

    public int Labels { get; }

    public int[] Truth { get; }

    public double[] Probabilities { get; }

    public double[] LogProbabilities { get; }
}
