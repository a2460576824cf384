using CsCheck;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Ranking;

/// <summary>A resample's curve is that of samples repeated as often as their weight says, read off at the same places.</summary>
public sealed class WeightedCurvesTests
{
    private static readonly double[] Places = [0, 0.1, 0.25, 0.29, 1.0 / 3, 0.5, 0.7, 0.9, 1];

    private static readonly Gen<(double[] Scores, bool[] IsPositive, int[] Weights)> Weighted =
        from size in Gen.Int[2, 25]
        from scores in Gen.Frequency((1, Gen.Const(double.NegativeInfinity)), (6, Gen.Int[-4, 4].Select(score => score / 2.0))).Array[size]
        from isPositive in Gen.Bool.Array[size]
        from weights in Gen.Int[0, 3].Array[size]
        select (scores, isPositive, weights);

    [Fact]
    public void Precision_OfWeights_IsThatOfTheStepsOfRepeatedSamples() => Weighted.Sample(drawn =>
    {
        var (repeated, ranking) = Both(drawn);
        var precisions = new double?[Places.Length];
        Assert.Equal(repeated.IsDefined, ranking.PrecisionAt(drawn.Weights, Places, precisions));
        if (!repeated.IsDefined)
            return;
        var curve = repeated.PrecisionRecallCurve().Where(point => point.Recall > 0).ToList();
        Assert.Equal(Places.Select(recall => (double?)curve.First(point => point.Recall >= recall - 1e-9).Precision), precisions, Near);
    });

    [Fact]
    public void TruePositiveRate_OfWeights_LiesOnTheCurveOfRepeatedSamples() => Weighted.Sample(drawn =>
    {
        var (repeated, ranking) = Both(drawn);
        var rates = new double?[Places.Length];
        Assert.Equal(repeated.IsDefined, ranking.TruePositiveRateAt(drawn.Weights, Places, rates));
        if (repeated.IsDefined)
            Assert.Equal(Places.Select(rate => (double?)OnCurve(repeated.RocCurve(), rate)), rates, Near);
    });

    [Fact]
    public void Figures_OfWeights_AreThoseOfTheOperatingPointOfRepeatedSamples() => Weighted.Sample(drawn =>
    {
        var (repeated, ranking) = Both(drawn);
        double[] thresholds = [5, 1.5, 0.25, 0, -1, -9];
        int[] flagged = [.. thresholds.Select(threshold => drawn.Scores.Count(score => score >= threshold))];
        var (precisions, recalls, f1s) = (new double?[flagged.Length], new double?[flagged.Length], new double?[flagged.Length]);
        Assert.Equal(repeated.IsDefined, ranking.FiguresAt(drawn.Weights, flagged, precisions, recalls, f1s));
        if (!repeated.IsDefined)
            return;
        var points = thresholds.Select(threshold => OperatingPoint.At(repeated, threshold)).ToList();
        Assert.Equal(points.Select(point => point.Precision), precisions, Near);
        Assert.Equal(points.Select(point => point.Recall), recalls, Near);
        Assert.Equal(points.Select(point => point.F1), f1s, Near);
    });

    [Fact]
    public void Risk_OfWeights_ByHand_SpreadsTheErrorsOfATieEvenly()
    {
        // Surest: one right answer, drawn twice; then a tie of an error, drawn twice, and a right answer; last an unscorable sample, drawn once.
        var ranking = WeightedRanking.Create([3, 1, 1, double.NegativeInfinity], [false, true, false, true], SampleGroups.Singles(4));
        var risks = new double?[5];
        Assert.True(ranking.RiskAt([2, 2, 1, 1], [1.0 / 6, 2.0 / 6, 3.5 / 6, 5.0 / 6, 1], risks));
        Assert.Equal([0, 0, 2.0 / 3 * 1.5 / 3.5, 2.0 / 5, 3.0 / 6], risks, Near);
        Assert.False(ranking.RiskAt([0, 0, 0, 0], [1], risks));
    }

    private static bool Near(double? a, double? b) => a is null == b is null && Math.Abs((a ?? 0) - (b ?? 0)) < 1e-9;

    private static (RankedScores Repeated, WeightedRanking Ranking) Both((double[] Scores, bool[] IsPositive, int[] Weights) drawn)
    {
        var samples = drawn.Scores.Zip(drawn.IsPositive, drawn.Weights).SelectMany(sample => Enumerable.Repeat((Score: sample.First, IsPositive: sample.Second), sample.Third)).ToList();
        var scored = samples.Where(sample => double.IsFinite(sample.Score)).ToList();
        var unscorable = samples.Where(sample => !double.IsFinite(sample.Score)).ToList();
        return (
            RankedScores.Create([.. scored.Select(sample => sample.Score)], [.. scored.Select(sample => sample.IsPositive)], unscorable.Count(sample => sample.IsPositive), unscorable.Count(sample => !sample.IsPositive)),
            WeightedRanking.Create(drawn.Scores, drawn.IsPositive, SampleGroups.Singles(drawn.Scores.Length)));
    }

    /// <summary>The highest point of the drawn lines above a rate.</summary>
    private static double OnCurve(IReadOnlyList<RocPoint> curve, double rate)
    {
        var highest = 0.0;
        for (var next = 1; next < curve.Count; next++)
        {
            var (from, to) = (curve[next - 1], curve[next]);
            if (rate < from.FalsePositiveRate - 1e-9 || rate > to.FalsePositiveRate + 1e-9)
                continue;
            var width = to.FalsePositiveRate - from.FalsePositiveRate;
            var share = width > 0 ? Math.Clamp((rate - from.FalsePositiveRate) / width, 0, 1) : 1;
            highest = Math.Max(highest, from.TruePositiveRate + (share * (to.TruePositiveRate - from.TruePositiveRate)));
        }

        return highest;
    }
}
