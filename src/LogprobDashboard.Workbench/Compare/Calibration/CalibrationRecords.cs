using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>What makes probabilities of a model's own ones (definitions, part 4).</summary>
public enum Calibrator
{
    /// <summary>One number that sharpens or softens all labels alike.</summary>
    Temperature,

    /// <summary>A sigmoid over one label's log odds.</summary>
    Platt,

    /// <summary>Each label's mean ln p over the run subtracted; of more than two labels.</summary>
    Batch,

    /// <summary>The model's own probabilities.</summary>
    None,
}

/// <summary>
/// What is judged. With more than two labels it is the predicted label's probability, or with <paramref name="OfLabel"/> that of the positive label against the rest. <paramref name="ErrorRate"/> is
/// what conformal sets may miss, in (0, 1). <paramref name="EqualWidth"/>: bins of equal width, not of equal mass.
/// </summary>
public sealed record CalibrationRequest(bool OfLabel = false, bool EqualWidth = false, double ErrorRate = CalibrationRequest.UsualErrorRate)
{
    public const double UsualErrorRate = 0.1;
}

/// <summary>How far the probabilities of a view's runs can be believed, in the view's order. <paramref name="IsTopLabel"/>: of the predicted label, else of the positive one. The seed is that of the folds and of the split.</summary>
public sealed record ComparedCalibration(bool IsTopLabel, double ErrorRate, long Seed, IReadOnlyList<RunCalibration> Runs);

/// <summary>
/// Over the <paramref name="Scored"/> samples: an unscorable one has no probability. <paramref name="Figures"/> begin with the model's own probabilities; a calibrator that cannot be fitted is not among them.
/// <paramref name="Conformal"/> is null where there are too few samples to split.
/// </summary>
public sealed record RunCalibration(string RunId, int Scored, int Unscorable, IReadOnlyList<CalibratedFigures> Figures, ConformalFigures? Conformal, SelectiveFigures? Selective)
{
    /// <summary>The figures after a calibrator; null where it could not be fitted.</summary>
    public CalibratedFigures? Of(Calibrator calibrator) => Figures.FirstOrDefault(figures => figures.Calibrator == calibrator);
}

/// <summary>
/// Probabilities against what came true. All but batch calibration are cross-fitted: no sample is judged by a fit that saw it. <paramref name="Brier"/> is summed over labels where the predicted label is judged, and
/// so are its parts. <paramref name="Accuracy"/> is that of the label with the highest calibrated probability, an unscorable sample counting as wrong.
/// <paramref name="Fit"/> is over all samples: what is to be used on new ones.
/// </summary>
public sealed record CalibratedFigures(
    Calibrator Calibrator,
    IReadOnlyList<CalibrationBin> Bins,
    double? ExpectedError,
    double? MaximumError,
    double? LogLoss,
    double? Brier,
    BrierParts? BrierParts,
    double? Accuracy,
    CalibratorFit? Fit);

/// <summary>The numbers of a calibrator. <paramref name="Offsets"/>: each label's mean ln p, in label order.</summary>
public sealed record CalibratorFit(double? Temperature = null, double? Slope = null, double? Intercept = null, IReadOnlyList<double>? Offsets = null);

/// <summary>
/// Split conformal sets of the model's own probabilities: found on one half of the scored samples, judged on the other, stratified by label. A set holds the labels with p(y) at least <paramref name="LeastProbability"/>;
/// null: too few samples for the error rate, every set holds all labels. <paramref name="Sizes"/> counts sets by how many labels they hold, from 0.
/// </summary>
public sealed record ConformalFigures(double? LeastProbability, int CalibratedOn, int Judged, int Covered, double Coverage, ConfidenceInterval CoverageInterval, double MeanSize, IReadOnlyList<int> Sizes);

/// <summary>
/// Answering only the surest samples, over all that are judged: what the view abstains from is among them. Areas under risk against coverage, by entropy and by log margin; lower is better.
/// <paramref name="Answered"/> is the share of judged samples that the view's entropy limit lets through, unscorable ones among them; <paramref name="Risk"/> the share of errors among those, <paramref name="RiskOfAll"/> among all.
/// </summary>
public sealed record SelectiveFigures(RiskAreas ByEntropy, RiskAreas ByMargin, double RiskOfAll, double? MostEntropy, double Answered, double? Risk);

/// <summary>AURC and AUGRC.</summary>
public sealed record RiskAreas(double RiskCoverage, double Generalized);
