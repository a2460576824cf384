using LogprobDashboard.Analysis.Calibration;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>Holds probabilities against what came true: one label's (<paramref name="OfOneLabel"/>), or the predicted label's.</summary>
internal sealed record CalibrationJudge(CalibrationCases Cases, int Positive, bool OfOneLabel, bool EqualWidth, int Unscorable)
{
    /// <param name="calibrator">What made them.</param>
    /// <param name="all">p of every label, sample by sample.</param>
    /// <param name="fit">Its numbers.</param>
    public CalibratedFigures Judge(Calibrator calibrator, double[] all, CalibratorFit? fit)
    {
        var labels = Cases.Labels;
        if (OfOneLabel)
            return JudgeLabel(calibrator, OfLabel(all, Positive), fit, labels > 2 ? Accuracy(Predicted(all)) : null);
        var predicted = Predicted(all);
        double[] ofPredicted = [.. predicted.Select((label, sample) => all[(sample * labels) + label])];
        bool[] isRight = [.. predicted.Select((label, sample) => label == Cases.Truth[sample])];
        double[] ofTruth = [.. Cases.Truth.Select((label, sample) => all[(sample * labels) + label])];
        var diagram = Diagram(ofPredicted, isRight);
        return new CalibratedFigures(
            calibrator,
            diagram.Bins,
            diagram.ExpectedCalibrationError,
            diagram.MaximumCalibrationError,
            LogLoss.Mean(ofTruth),
            BrierScore.SumOverLabels(all, labels, Cases.Truth),
            Parts(all),
            Accuracy(predicted),
            fit);
    }

    /// <summary>With two labels the label with the higher probability is the predicted one; a tie is the positive one.</summary>
    public CalibratedFigures JudgeLabel(Calibrator calibrator, double[] probabilities, CalibratorFit? fit, double? accuracy = null)
    {
        var isPositive = IsLabel(Positive);
        var diagram = Diagram(probabilities, isPositive);
        var brier = BrierScore.Binary(probabilities, isPositive);
        return new CalibratedFigures(
            calibrator,
            diagram.Bins,
            diagram.ExpectedCalibrationError,
            diagram.MaximumCalibrationError,
            LogLoss.Binary(probabilities, isPositive),
            brier,
            BrierParts.Of(diagram, brier),
            accuracy ?? (Cases.Labels == 2 ? Share(probabilities.Where((p, sample) => p >= 0.5 == isPositive[sample]).Count()) : null),
            fit);
    }

    /// <summary>The sum over labels, each against the rest.</summary>
    private BrierParts? Parts(double[] all)
    {
        double reliability = 0, resolution = 0, uncertainty = 0, within = 0;
        for (var label = 0; label < Cases.Labels; label++)
        {
            var (probabilities, isLabel) = (OfLabel(all, label), IsLabel(label));
            if (BrierParts.Of(Diagram(probabilities, isLabel), BrierScore.Binary(probabilities, isLabel)) is not { } parts)
                return null;
            (reliability, resolution, uncertainty, within) = (reliability + parts.Reliability, resolution + parts.Resolution, uncertainty + parts.Uncertainty, within + parts.WithinBins);
        }

        return new BrierParts(reliability, resolution, uncertainty, within);
    }

    /// <summary>The label with the highest probability; on a tie the first in the experiment's list.</summary>
    private int[] Predicted(double[] all) =>
        [.. Enumerable.Range(0, Cases.Rows.Count).Select(sample => Enumerable.Range(0, Cases.Labels).MaxBy(label => all[(sample * Cases.Labels) + label]))];

    private double[] OfLabel(double[] all, int label) => [.. Enumerable.Range(0, Cases.Rows.Count).Select(sample => all[(sample * Cases.Labels) + label])];

    private bool[] IsLabel(int label) => [.. Cases.Truth.Select(truth => truth == label)];

    private double Accuracy(int[] predicted) => Share(predicted.Where((label, sample) => label == Cases.Truth[sample]).Count());

    private double Share(int right) => (double)right / (Cases.Rows.Count + Unscorable);

    private ReliabilityDiagram Diagram(double[] probabilities, bool[] outcomes) =>
        EqualWidth ? ReliabilityDiagram.EqualWidth(probabilities, outcomes) : ReliabilityDiagram.EqualMass(probabilities, outcomes);
}
