using CsCheck;

using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

public sealed class AveragePrecisionRangeTests
{
    [Fact]
    public void Compute_NothingOpen_IsTheValue()
    {
        double[] scores = [3, 2, 1];
        bool[] isPositive = [true, false, true];
        var value = RankedScores.Create(scores, isPositive).AveragePrecision!.Value;

        Assert.Equal((value, value), AveragePrecisionRange.Compute(scores, scores, isPositive));
    }

    [Fact]
    public void Compute_InfiniteBounds_ByHand()
    {
        // The censored positive may be last or first; the other two stay.
        var range = AveragePrecisionRange.Compute([double.NegativeInfinity, 1, 0], [double.PositiveInfinity, 1, 0], [true, false, true]);

        Assert.Equal((0.5 * 1 / 2) + (0.5 * 2 / 3), range!.Value.Low, 1e-12);
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), range.Value.High, 1e-12);
    }

    [Fact]
    public void Compute_MinusInfinity_StaysAboveTheUnscorable()
    {
        var range = AveragePrecisionRange.Compute([double.NegativeInfinity], [1], [true], unscorableNegatives: 1);

        Assert.Equal((1, 1), range);
    }

    [Fact]
    public void Compute_TiedPositivesAtTheEnd_ValueWidensTheRange()
    {
        // Both censored positives tie below the negative at the low end and share 2/3; one after the other they come to less.
        double[] low = [double.NegativeInfinity, double.NegativeInfinity, 0];
        double[] high = [-1, -2, 0];
        bool[] isPositive = [true, true, false];
        var value = RankedScores.Create(high, isPositive).AveragePrecision!.Value;

        Assert.Equal((0.5 * 1 / 2) + (0.5 * 2 / 3), value, 1e-12);
        Assert.Equal(value, AveragePrecisionRange.Compute(low, high, isPositive, averagePrecision: value)!.Value.Low);
    }

    [Fact]
    public void Compute_OneClass_IsNotDefined() => Assert.Null(AveragePrecisionRange.Compute([0, 1], [1, 2], [true, true]));

    [Fact]
    public void Compute_ImpossibleBounds_Throw()
    {
        Assert.Throws<ArgumentException>(() => AveragePrecisionRange.Compute([1], [0], [true]));
        Assert.Throws<ArgumentException>(() => AveragePrecisionRange.Compute([double.NaN], [0], [true]));
        Assert.Throws<ArgumentException>(() => AveragePrecisionRange.Compute([0, 0], [0], [true]));
        Assert.Throws<ArgumentException>(() => AveragePrecisionRange.Compute([0], [0], []));
    }

    [Fact]
    public void Compute_AnyValuesWithinTheBounds_LieWithinTheRange() =>
        (from ranking in RankingCase.WithoutTies
         from below in Gen.Double[0, 20].Array[ranking.Scores.Length]
         from above in Gen.Double[0, 20].Array[ranking.Scores.Length]
         select (ranking, below, above)).Sample(
            drawn =>
            {
                var scores = drawn.ranking.Scores;
                double[] low = [.. scores.Select((score, place) => score - drawn.below[place])];
                double[] high = [.. scores.Select((score, place) => score + drawn.above[place])];
                var value = drawn.ranking.Rank().AveragePrecision!.Value;
                var tied = low.Concat(high).Distinct().Count() < 2 * scores.Length;
                var range = AveragePrecisionRange.Compute(low, high, drawn.ranking.IsPositive, averagePrecision: tied ? value : null)!.Value;

                Assert.InRange(value, range.Low - 1e-12, range.High + 1e-12);
            },
            iter: 3_000);
}
