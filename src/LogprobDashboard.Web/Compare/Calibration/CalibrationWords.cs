using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare.Calibration;

namespace LogprobDashboard.Web.Compare;

/// <summary>Calibration in words.</summary>
internal static class CalibrationWords
{
    public static string Name(Calibrator calibrator) => calibrator switch
    {
        Calibrator.Temperature => "temperature",
        Calibrator.Platt => "Platt",
        Calibrator.Batch => "batch",
        _ => "as it is",
    };

    /// <summary>What can be chosen: what holds for the number of labels and for what is judged.</summary>
    public static IReadOnlyList<(Calibrator Calibrator, string Text, string Hint)> Offered(ComparedCalibration calibration, int labels)
    {
        List<(Calibrator, string, string)> offered = [(Calibrator.Temperature, "Temperature", "Divides all log probabilities by one number; the ranking stays")];
        if (!calibration.IsTopLabel)
            offered.Add((Calibrator.Platt, "Platt", "A sigmoid over the label's log odds; the ranking stays"));
        if (labels > 2)
            offered.Add((Calibrator.Batch, "Batch", "Takes each label's mean log probability over the run away: a leaning towards some labels; looks at no true label"));
        offered.Add((Calibrator.None, "As it is", "The model's own probabilities alone"));
        return offered;
    }

    /// <summary>What is drawn: what was asked for where some run has it, else the model's own.</summary>
    public static Calibrator Shown(ComparedCalibration calibration, Calibrator asked) => calibration.Runs.Any(run => run.Of(asked) is not null) ? asked : Calibrator.None;

    public static string Note(ComparedCalibration calibration, CompareState state, string positive)
    {
        var subject = calibration.IsTopLabel ? "the predicted label's probability; Brier is summed over labels" : $"the probability of {positive}";
        var fits = Shown(calibration, state.Calibrator) == state.Calibrator
            ? $"Calibrated probabilities are cross-fitted over five folds, seed {calibration.Seed}: no sample is judged by a fit that saw it; batch calibration looks at no label."
            : $"{Sentence(Name(state.Calibrator))} cannot be fitted to these samples.";
        return $"Of {subject}. {fits} The fit beside them is over all samples: use it for new ones.";
    }

    /// <summary>"ECE 0.436, after 0.031".</summary>
    public static string Errors(RunCalibration run, Calibrator shown) => run.Of(shown) is { } after && shown != Calibrator.None
        ? $"ECE {Figures.Score(run.Of(Calibrator.None)?.ExpectedError)}, after {Figures.Score(after.ExpectedError)}"
        : $"ECE {Figures.Score(run.Of(Calibrator.None)?.ExpectedError)}";

    /// <summary>The numbers that a calibrator is to be used with.</summary>
    public static string Fit(CalibratorFit? fit) => fit switch
    {
        { Temperature: { } temperature } => $"T = {Figures.Score(temperature)}",
        { Slope: { } slope, Intercept: { } intercept } => $"slope {Figures.Score(slope)}, intercept {Figures.Score(intercept)}",
        { Offsets: { } offsets } => $"offsets {Figures.Score(offsets.Min())} to {Figures.Score(offsets.Max())}",
        _ => "",
    };

    /// <summary>All digits of a fit, for who copies it.</summary>
    public static string? ExactFit(CalibratorFit? fit, IReadOnlyList<string> labels) => fit switch
    {
        { Temperature: { } temperature } => $"Divide ln p by {Figures.Exact(temperature)} and normalise",
        { Slope: { } slope, Intercept: { } intercept } => $"p = 1 / (1 + exp(-({Figures.Exact(slope)} s + {Figures.Exact(intercept)}))), s in log odds",
        { Offsets: { } offsets } => "Subtract from ln p and normalise: " + string.Join(", ", labels.Zip(offsets).Select(pair => $"{pair.First} {Figures.Exact(pair.Second)}")),
        _ => null,
    };

    public static string Conformal(ComparedCalibration calibration) =>
        $"A set of labels that misses the true one in at most {Percent(calibration.ErrorRate)} of new samples of the same kind, on average over splits: found on one half of the scored samples, judged on the other; seed {calibration.Seed}. The model's own probabilities; unscorable samples have no set.";

    /// <summary>Without needless decimals: 10 %, 2.5 %.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
