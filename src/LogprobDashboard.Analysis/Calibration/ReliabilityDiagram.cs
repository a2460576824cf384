using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Calibration;

/// <summary>One bin of a reliability diagram; never empty.</summary>
/// <param name="Count">Samples in the bin, 1 or more.</param>
/// <param name="MeanProbability">Their mean probability, in [0, 1].</param>
/// <param name="ObservedRate">Their mean outcome, in [0, 1]; in bins of equal mass each sample of a tie brings its tie group's mean outcome.</param>
/// <param name="LowestProbability">The smallest probability in the bin.</param>
/// <param name="HighestProbability">The largest probability in the bin.</param>
public sealed record CalibrationBin(int Count, double MeanProbability, double ObservedRate, double LowestProbability, double HighestProbability);

/// <summary>
/// Probabilities against what happened, in bins (definitions, part 4). With two labels the probability is the positive label's and the outcome whether the
/// sample is a positive; with several it is the predicted label's and
/// the outcome whether that is right (top-label). Over scored samples. Immutable.
/// </summary>
public sealed class ReliabilityDiagram
{
    private ReliabilityDiagram(IReadOnlyList<CalibrationBin> bins)
    {
        Bins = bins;
        if (bins.Count == 0)
            return;
        var total = bins.Sum(bin => (double)bin.Count);
        ExpectedCalibrationError = bins.Sum(bin => bin.Count / total * Gap(bin));
        MaximumCalibrationError = bins.Max(Gap);
    }

    /// <summary>The bins by ascending probability; empty ones are left out.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>ECE: the mean over samples of their bin's |mean probability - observed rate|, in [0, 1]; lower is better. Null without a sample.</summary>
    public double? ExpectedCalibrationError { get; }

    /// <summary>MCE: the largest |mean probability - observed rate| of a bin, in [0, 1]; lower is better. Null without a sample.</summary>
    public double? MaximumCalibrationError { get; }

    /// <summary>
    /// Bins of equal mass: the sorted probabilities are cut as numpy.array_split does, the first n mod B bins holding one sample more. Each sample of a tie
    /// takes its tie group's mean outcome, so that the order of the input does not matter.
    /// With fewer samples than bins each has its own.
    /// </summary>
    /// <param name="probabilities">Each in [0, 1].</param>
    /// <param name="outcomes">Whether what was given that probability came true.</param>
    /// <param name="binCount">B, 1 or more.</param>
    /// <exception cref="ArgumentException">A probability is NaN or not in [0, 1], or the spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="binCount"/> is below 1.</exception>
    public static ReliabilityDiagram EqualMass(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, int binCount = 15)
    {
        var (sorted, rates) = Sort(probabilities, outcomes, binCount);
        var (size, larger) = Math.DivRem(sorted.Length, binCount);
        var bins = new List<CalibrationBin>();
        var start = 0;
        for (var bin = 0; bin < binCount && start < sorted.Length; bin++)
        {
            var count = size + (bin < larger ? 1 : 0);
            bins.Add(BinOf(sorted.AsSpan(start, count), rates.AsSpan(start, count)));
            start += count;
        }

        return new(bins);
    }

    /// <summary>Bins of equal width 1 / B, each closed below and open above, the last closed on both sides; a probability p falls into bin floor(p
    /// B).</summary>
    /// <inheritdoc cref="EqualMass" path="/param"/>
    /// <inheritdoc cref="EqualMass" path="/exception"/>
    public static ReliabilityDiagram EqualWidth(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, int binCount = 15)
    {
        var (sorted, rates) = Sort(probabilities, outcomes, binCount);
        var bins = new List<CalibrationBin>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start;
            while (end < sorted.Length && BinAt(sorted[end]) == BinAt(sorted[start]))
                end++;
            bins.Add(BinOf(sorted.AsSpan(start, end - start), rates.AsSpan(start, end - start)));
        }

        return new(bins);

        int BinAt(double probability) => Math.Min(binCount - 1, (int)(probability * binCount));
    }

    /// <summary>The probabilities, ascending, and beside each the mean outcome of those that tie with it.</summary>
    private static (double[] Probabilities, double[] Rates) Sort(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, int binCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        ProbabilityChecks.Check(probabilities, outcomes.Length);
        DescendingScores.Split(probabilities, outcomes, out var ofTrue, out var ofFalse);
        var (distinct, trueReached, falseReached) = CumulatedCounts.Merge(ofTrue, ofFalse);
        var (sorted, rates) = (new double[probabilities.Length], new double[probabilities.Length]);
        var (trueBefore, falseBefore) = (0, 0);
        for (var place = 0; place < distinct.Length; place++)
        {
            var tied = trueReached[place] + falseReached[place] - trueBefore - falseBefore;
            var start = sorted.Length - trueReached[place] - falseReached[place];
            sorted.AsSpan(start, tied).Fill(distinct[place]);
            rates.AsSpan(start, tied).Fill((trueReached[place] - trueBefore) / (double)tied);
            (trueBefore, falseBefore) = (trueReached[place], falseReached[place]);
        }

        return (sorted, rates);
    }

    private static CalibrationBin BinOf(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> rates)
    {
        var (probability, rate) = (0.0, 0.0);
        for (var sample = 0; sample < probabilities.Length; sample++)
            (probability, rate) = (probability + probabilities[sample], rate + rates[sample]);
        return new(probabilities.Length, Math.Min(1, probability / probabilities.Length), Math.Min(1, rate / rates.Length), probabilities[0], probabilities[^1]);
    }

    private static double Gap(CalibrationBin bin) => Math.Abs(bin.MeanProbability - bin.ObservedRate);
}
