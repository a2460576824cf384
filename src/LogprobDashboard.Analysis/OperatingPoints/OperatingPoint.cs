using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.OperatingPoints;

/// <summary>
/// A threshold and what it does (definitions, part 3). A sample is predicted positive where its score is at least the threshold. Unscorable samples have
/// columns of their own: they are never
/// predicted positive, never a true negative, and count as wrong wherever a figure is over all samples.
/// </summary>
/// <param name="Threshold">In log odds; null where there is no finite one: "flag none", or a mark that comes from predicted labels.</param>
/// <param name="TruePositives">TP: positives predicted positive.</param>
/// <param name="FalsePositives">FP: negatives predicted positive.</param>
/// <param name="TrueNegatives">TN: scored negatives not predicted positive.</param>
/// <param name="FalseNegatives">FN: scored positives not predicted positive.</param>
/// <param name="UnscorablePositives">UP: positives without a score.</param>
/// <param name="UnscorableNegatives">UN: negatives without a score.</param>
public sealed record OperatingPoint(
    double? Threshold,
    int TruePositives,
    int FalsePositives,
    int TrueNegatives,
    int FalseNegatives,
    int UnscorablePositives,
    int UnscorableNegatives)
{
    /// <summary>The threshold as a probability, 1 / (1 + e^-t), in [0, 1]; null where there is no threshold.</summary>
    public double? Probability => Threshold is { } t ? 1 / (1 + Math.Exp(-t)) : null;

    /// <summary>P = TP + FN + UP.</summary>
    public int Positives => TruePositives + FalseNegatives + UnscorablePositives;

    /// <summary>N = FP + TN + UN.</summary>
    public int Negatives => FalsePositives + TrueNegatives + UnscorableNegatives;

    /// <summary>TP / (TP + FP), in [0, 1]; null where nothing is predicted positive. (precision_score)</summary>
    public double? Precision => Ratio(TruePositives, TruePositives + (double)FalsePositives);

    /// <summary>TP / P, in [0, 1]; unscorable positives count as missed, as on the curve. Null without a positive. (recall_score)</summary>
    public double? Recall => Ratio(TruePositives, Positives);

    /// <summary>F1 = 2 TP / (2 TP + FP + FN + UP), in [0, 1]; null where that is 0 / 0. (f1_score)</summary>
    public double? F1 => FBeta(1);

    /// <summary>TN / N, in [0, 1]; unscorable negatives count as wrong, so that with any it is less than 1 - FPR of the ROC curve. Null without a
    /// negative.</summary>
    public double? Specificity => Ratio(TrueNegatives, Negatives);

    /// <summary>(TP + TN) / (P + N), in [0, 1]; unscorable samples count as wrong. Null without a sample. (accuracy_score)</summary>
    public double? Accuracy => Ratio(TruePositives + (double)TrueNegatives, Total);

    /// <summary>(recall + specificity) / 2, in [0, 1]; null where either is. (balanced_accuracy_score)</summary>
    public double? BalancedAccuracy => (Recall + Specificity) / 2;

    /// <summary>(TP + FP) / (P + N): the share of all samples, unscorable ones included, that is predicted positive. In [0, 1]; null without a
    /// sample.</summary>
    public double? SharePredictedPositive => Ratio(TruePositives + (double)FalsePositives, Total);

    /// <summary>
    /// Matthews's correlation, in [-1, 1], 0 at random. "Unscorable" is a third outcome that is never right (Gorodkin's R_K), so that without unscorable
    /// samples it is
    /// (TP TN - FP FN) / sqrt((TP + FP)(TP + FN)(TN + FP)(TN + FN)). Null where only one class is there or only one outcome was given. (matthews_corrcoef,
    /// which gives 0 there)
    /// </summary>
    public double? MatthewsCorrelation
    {
        get
        {
            double flagged = TruePositives + (double)FalsePositives;
            double passed = TrueNegatives + (double)FalseNegatives;
            double unscorable = UnscorablePositives + (double)UnscorableNegatives;
            double all = Total;
            var covariance = ((TruePositives + (double)TrueNegatives) * all) - (flagged * Positives) - (passed * Negatives);
            var ofOutcomes = (all * all) - (flagged * flagged) - (passed * passed) - (unscorable * unscorable);
            var ofLabels = 2.0 * Positives * Negatives;
            return ofOutcomes > 0 && ofLabels > 0 ? Math.Clamp(covariance / Math.Sqrt(ofOutcomes) / Math.Sqrt(ofLabels), -1, 1) : null;
        }
    }

    private double Total => Positives + (double)Negatives;

    /// <summary>(1 + b²) TP / ((1 + b²) TP + b² (FN + UP) + FP), in [0, 1]; null where that is 0 / 0. b above 1 leans to recall. (fbeta_score)</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not finite and above 0.</exception>
    public double? FBeta(double beta)
    {
        if (!(beta > 0) || !double.IsFinite(beta))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "Beta must be finite and above 0.");
        // Divided by 1 + b², so that no beta overflows.
        var recallShare = 1 / (1 + (1 / beta / beta));
        var precisionShare = 1 / (1 + (beta * beta));
        return Ratio(TruePositives, TruePositives + (recallShare * (FalseNegatives + (double)UnscorablePositives)) + (precisionShare * FalsePositives));
    }

    /// <summary>
    /// The operating point of any threshold. Plus infinity flags none (threshold null in the result); minus infinity flags every scored sample and reads as the
    /// lowest score.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public static OperatingPoint At(RankedScores ranked, double threshold)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var place = ranked.PlaceOf(threshold);
        double? shown = double.IsFinite(threshold) ? threshold
            : threshold < 0 && place >= 0 ? ranked.Thresholds[place]
            : null;
        return AtPlace(ranked, place) with { Threshold = shown };
    }

    /// <summary>The operating point that flags none: threshold null, nothing predicted positive.</summary>
    public static OperatingPoint FlagNone(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        return AtPlace(ranked, -1);
    }

    /// <summary>The operating point of one of <see cref="RankedScores.Thresholds"/>; -1 flags none.</summary>
    internal static OperatingPoint AtPlace(RankedScores ranked, int place)
    {
        var (truePositives, falsePositives) = place < 0 ? (0, 0) : (ranked.TruePositives[place], ranked.FalsePositives[place]);
        return new(
            place < 0 ? null : ranked.Thresholds[place],
            truePositives,
            falsePositives,
            ranked.ScoredNegatives - falsePositives,
            ranked.ScoredPositives - truePositives,
            ranked.UnscorablePositives,
            ranked.UnscorableNegatives);
    }

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;
}
