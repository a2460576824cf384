using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Calibration;

/// <summary>Calibrates so that no sample is judged by a fit that saw it: five stratified folds, each calibrated by a fit on the other four (definitions, part 4).</summary>
public static class CrossFitting
{
    /// <summary>How many folds.</summary>
    public const int Folds = 5;

    /// <summary>Calibrated probabilities of the positive label, by sample. Null where a fit is not defined: fewer than two positives or two negatives.</summary>
    /// <param name="scores">Log odds, finite.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <param name="seed">Of the folds.</param>
    public static double[]? Platt(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, long seed)
    {
        var labels = new int[isPositive.Length];
        for (var sample = 0; sample < labels.Length; sample++)
            labels[sample] = isPositive[sample] ? 1 : 0;
        var foldOf = StratifiedFolds.Create(labels, Folds, seed);
        var probabilities = new double[scores.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var (others, othersPositive) = (new List<double>(), new List<bool>());
            for (var sample = 0; sample < foldOf.Length; sample++)
            {
                if (foldOf[sample] == fold)
                    continue;
                others.Add(scores[sample]);
                othersPositive.Add(isPositive[sample]);
            }

            if (!foldOf.Contains(fold))
                continue;
            if (PlattScaling.Fit([.. others], [.. othersPositive]) is not { } fit)
                return null;
            for (var sample = 0; sample < foldOf.Length; sample++)
            {
                if (foldOf[sample] == fold)
                    probabilities[sample] = fit.Probability(scores[sample]);
            }
        }

        return probabilities;
    }

    /// <summary>ln p of every sample and label, divided by a temperature that was fitted without the sample. Null with fewer than two samples.</summary>
    /// <param name="logProbabilities">ln p, sample by sample, one for each label; finite.</param>
    /// <param name="labelCount">2 or more.</param>
    /// <param name="trueLabels">Each sample's label, in [0, labelCount).</param>
    /// <param name="seed">Of the folds.</param>
    public static double[]? Temperature(ReadOnlySpan<double> logProbabilities, int labelCount, ReadOnlySpan<int> trueLabels, long seed)
    {
        var foldOf = StratifiedFolds.Create(trueLabels, Folds, seed);
        var scaled = new double[logProbabilities.Length];
        for (var fold = 0; fold < Folds && fold < trueLabels.Length; fold++)
        {
            var (others, othersLabels) = (new List<double>(), new List<int>());
            for (var sample = 0; sample < foldOf.Length; sample++)
            {
                if (foldOf[sample] == fold)
                    continue;
                others.AddRange(logProbabilities.Slice(sample * labelCount, labelCount));
                othersLabels.Add(trueLabels[sample]);
            }

            if (TemperatureScaling.Fit([.. others], labelCount, [.. othersLabels]) is not { } fit)
                return null;
            for (var sample = 0; sample < foldOf.Length; sample++)
            {
                if (foldOf[sample] == fold)
                    fit.Apply(logProbabilities.Slice(sample * labelCount, labelCount), labelCount, scaled.AsSpan(sample * labelCount, labelCount));
            }
        }

        return scaled;
    }
}
