using CsCheck;

using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Tests.Ranking;

namespace LogprobDashboard.Analysis.Tests.OperatingPoints;

public sealed class OperatingPointTests
{
    private static readonly RankedScores Ranked = RankedScores.Create([3, 2, 1, 0], [true, false, true, false], unscorablePositives: 1, unscorableNegatives: 2);

    [Fact]
    public void At_Threshold_CountsByHand()
    {
        var point = OperatingPoint.At(Ranked, 1);

        Assert.Equal(new OperatingPoint(1, 2, 1, 1, 0, 1, 2), point);
        Assert.Equal((3, 4), (point.Positives, point.Negatives));
        Assert.Equal(2 / 3.0, point.Precision);
        Assert.Equal(2 / 3.0, point.Recall);
        Assert.Equal(2 / 3.0, point.F1!.Value, 1e-14);
        Assert.Equal(1 / 4.0, point.Specificity);
        Assert.Equal(3 / 7.0, point.Accuracy);
        Assert.Equal(((2 / 3.0) + 0.25) / 2, point.BalancedAccuracy);
        Assert.Equal(3 / 7.0, point.SharePredictedPositive);
        Assert.Equal(1 / (1 + Math.Exp(-1)), point.Probability);
        Assert.Equal(5 * 2 / ((5 * 2.0) + (4 * 1) + 1), point.FBeta(2)!.Value, 1e-14);
    }

    [Fact]
    public void At_BetweenScores_KeepsTheThresholdAsked() => Assert.Equal(new OperatingPoint(0.5, 2, 1, 1, 0, 1, 2), OperatingPoint.At(Ranked, 0.5));

    [Fact]
    public void At_AboveAllOrInfinite_FlagsNone()
    {
        var none = new OperatingPoint(null, 0, 0, 2, 2, 1, 2);

        Assert.Equal(none, OperatingPoint.At(Ranked, double.PositiveInfinity));
        Assert.Equal(none, OperatingPoint.FlagNone(Ranked));
        Assert.Equal(none with { Threshold = 9 }, OperatingPoint.At(Ranked, 9));
        Assert.Equal((null, 0.0, 0.0, null), (none.Precision, none.Recall, none.F1, none.Probability));
    }

    [Fact]
    public void At_MinusInfinity_FlagsEveryScoredSample()
    {
        Assert.Equal(new OperatingPoint(0, 2, 2, 0, 0, 1, 2), OperatingPoint.At(Ranked, double.NegativeInfinity));
        Assert.Equal(new OperatingPoint(null, 0, 0, 0, 0, 0, 1), OperatingPoint.At(RankedScores.Create([], [], 0, 1), double.NegativeInfinity));
        Assert.Throws<ArgumentException>(() => OperatingPoint.At(Ranked, double.NaN));
    }

    [Fact]
    public void Figures_NothingThere_AreNotDefined()
    {
        var nothing = new OperatingPoint(0, 0, 0, 0, 0, 0, 0);

        Assert.All(
            [nothing.Precision, nothing.Recall, nothing.F1, nothing.Specificity, nothing.Accuracy, nothing.BalancedAccuracy, nothing.MatthewsCorrelation, nothing.SharePredictedPositive],
            Assert.Null);
    }

    [Fact]
    public void MatthewsCorrelation_ByHand()
    {
        Assert.Equal(1, new OperatingPoint(0, 3, 0, 5, 0, 0, 0).MatthewsCorrelation);
        Assert.Equal(-1, new OperatingPoint(0, 0, 5, 0, 3, 0, 0).MatthewsCorrelation);
        Assert.Equal(((6.0 * 3) - (1 * 2)) / Math.Sqrt(7 * 8 * 4 * 5), new OperatingPoint(0, 6, 1, 3, 2, 0, 0).MatthewsCorrelation!.Value, 1e-12);
        Assert.Null(new OperatingPoint(0, 6, 3, 0, 0, 0, 0).MatthewsCorrelation);
        Assert.Null(new OperatingPoint(0, 6, 0, 0, 3, 0, 0).MatthewsCorrelation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FBeta_ImpossibleBeta_Throws(double beta) => Assert.Throws<ArgumentOutOfRangeException>(() => OperatingPoint.At(Ranked, 1).FBeta(beta));

    [Fact]
    public void Figures_AnyThresholdOfAnyRanking_AreInRangeAndLieOnTheCurve() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranked = ranking.Rank();
            var curve = ranked.PrecisionRecallCurve();
            for (var place = 0; place < ranked.Thresholds.Count; place++)
            {
                var point = OperatingPoint.At(ranked, ranked.Thresholds[place]);

                Assert.Equal((ranked.Positives, ranked.Negatives), (point.Positives, point.Negatives));
                Assert.All(
                    [point.Precision, point.Recall, point.F1, point.FBeta(1e-3), point.FBeta(1e200), point.Specificity, point.Accuracy, point.BalancedAccuracy, point.SharePredictedPositive, point.Probability],
                    figure => Assert.True(figure is null or (>= 0 and <= 1)));
                Assert.True(point.MatthewsCorrelation is null or (>= -1 and <= 1));
                if (ranked.IsDefined)
                    Assert.Equal((curve[place + 1].Precision, curve[place + 1].Recall), (point.Precision!.Value, point.Recall!.Value));
            }
        },
        iter: 1_000);
}
