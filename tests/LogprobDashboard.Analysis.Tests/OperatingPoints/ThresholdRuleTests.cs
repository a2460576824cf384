using CsCheck;

using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Tests.Ranking;

namespace LogprobDashboard.Analysis.Tests.OperatingPoints;

public sealed class ThresholdRuleTests
{
    /// <summary>By threshold 6 … 1: TP 1 1 2 2 3 3, FP 0 1 1 2 2 3.</summary>
    private static readonly RankedScores Ranked = RankedScores.Create([6, 5, 4, 3, 2, 1], [true, false, true, false, true, false]);

    [Theory]
    [InlineData("maxF1", 2.0)]
    [InlineData("maxFBeta:2", 2.0)]
    [InlineData("maxFBeta:0.5", 6.0)]
    [InlineData("precision:1", 6.0)]
    [InlineData("precision:0.66", 4.0)]
    [InlineData("precision:0.6", 2.0)]
    [InlineData("precision:0", 2.0)]
    [InlineData("recall:0.3", 6.0)]
    [InlineData("recall:0.5", 4.0)]
    [InlineData("recall:1", 2.0)]
    [InlineData("recall:0", 6.0)]
    [InlineData("cost:1,5", 2.0)]
    [InlineData("cost:5,1", 6.0)]
    [InlineData("rate:0.5", 4.0)]
    [InlineData("rate:0.34", 5.0)]
    [InlineData("rate:1", 1.0)]
    [InlineData("rate:0", null)]
    [InlineData("cost:1,0", null)]
    public void Choose_ByHand(string text, double? threshold)
    {
        Assert.True(ThresholdRule.TryParse(text, out var rule, out var problem), problem);
        Assert.Equal(threshold, rule!.Choose(Ranked)!.Threshold);
        Assert.Equal(text, rule.ToString());
    }

    [Fact]
    public void Choose_Tie_TakesTheHigherThreshold()
    {
        // F1 2/3 at 3 and at 1, exactly: 2·1/(1 + 2) and 2·2/(4 + 2).
        var ranked = RankedScores.Create([3, 2.5, 2, 1], [true, false, false, true]);

        Assert.Equal(3, new MaxFBeta().Choose(ranked)!.Threshold);
        Assert.Equal(3, new LeastCost(1, 2).Choose(ranked)!.Threshold);
    }

    [Fact]
    public void Choose_FThatRoundingWouldTie_IsComparedExactly()
    {
        // 2·3/(3 + 7 + 10) and 2·6/(6 + 24 + 10) are both 3/10; F-beta 0.1 has b² = 0.01, which is no binary fraction.
        bool[] isPositive = [.. Enumerable.Repeat(true, 3), .. Enumerable.Repeat(false, 7), .. Enumerable.Repeat(true, 3), .. Enumerable.Repeat(false, 17), .. Enumerable.Repeat(true, 4)];
        double[] scores = [.. isPositive.Select((_, place) => place < 10 ? 3.0 : place < 30 ? 2.0 : 1.0)];

        Assert.Equal(3, new MaxFBeta().Choose(RankedScores.Create(scores[..30], isPositive[..30], 4))!.Threshold);
    }

    [Fact]
    public void Choose_FlagNone_IsAllowedForCostAndRate()
    {
        var ranked = RankedScores.Create([2, 1], [false, true]);

        Assert.Null(new LeastCost(1, 1).Choose(ranked)!.Threshold);
        Assert.Null(new RateAtMost(0.4).Choose(ranked)!.Threshold);
        Assert.Equal(0, new RateAtMost(0.4).Choose(RankedScores.Create([], []))!.TruePositives);
    }

    [Fact]
    public void Choose_NothingSatisfies_IsNull()
    {
        Assert.Null(new PrecisionAtLeast(0.9).Choose(RankedScores.Create([2, 1], [false, true])));
        Assert.Null(new RecallAtLeast(0.9).Choose(RankedScores.Create([2, 1], [false, true], unscorablePositives: 1)));
        Assert.Null(new MaxFBeta().Choose(RankedScores.Create([2, 1], [false, false])));
        Assert.Null(new PrecisionAtLeast(0).Choose(RankedScores.Create([2, 1], [false, false])));
        Assert.Null(new RecallAtLeast(0).Choose(RankedScores.Create([2, 1], [false, false])));
        Assert.Null(new MaxFBeta().Choose(RankedScores.Create([], [], 1, 1)));
    }

    [Fact]
    public void Choose_UnscorableBlock_IsNeverPickedAndNeverFound()
    {
        var ranked = RankedScores.Create([2, 1], [true, false], unscorablePositives: 1, unscorableNegatives: 6);

        Assert.Equal(2, new MaxFBeta().Choose(ranked)!.Threshold);
        Assert.Null(new RecallAtLeast(0.51).Choose(ranked));
        Assert.Equal(1, new LeastCost(0, 1).Choose(ranked)!.FalseNegatives + ranked.UnscorablePositives);
        Assert.Equal(2, new RateAtMost(1 / 9.0).Choose(ranked)!.Threshold);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("max")]
    [InlineData("maxF1:2")]
    [InlineData("maxFBeta")]
    [InlineData("maxFBeta:0")]
    [InlineData("maxFBeta:-1")]
    [InlineData("precision:1.5")]
    [InlineData("precision:0,5")]
    [InlineData("precision:NaN")]
    [InlineData("recall:")]
    [InlineData("cost:1")]
    [InlineData("cost:0,0")]
    [InlineData("cost:-1,2")]
    [InlineData("cost:1,2,3")]
    [InlineData("rate:x")]
    [InlineData("rate:Infinity")]
    public void TryParse_Nonsense_SaysWhatIsWrong(string? text)
    {
        Assert.False(ThresholdRule.TryParse(text, out var rule, out var problem));
        Assert.Null(rule);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAXF1", "maxF1")]
    [InlineData(" maxfbeta:1 ", "maxF1")]
    [InlineData("precision: 0.950", "precision:0.95")]
    [InlineData("cost:1e2, 0.5", "cost:100,0.5")]
    public void TryParse_OtherSpellings_AreRead(string text, string canonical)
    {
        Assert.True(ThresholdRule.TryParse(text, out var rule, out _));
        Assert.Equal(canonical, rule!.ToString());
    }

    [Fact]
    public void Choose_AnyRanking_EqualsTheSearchOverAllThresholds() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranked = ranking.Rank();
            var points = ranked.Thresholds.Select(threshold => OperatingPoint.At(ranked, threshold)).ToList();

            Assert.Equal(
                ranked.Positives == 0 ? null : points.Where(point => point.Precision >= 0.6).MaxBy(point => point.Recall)?.Threshold,
                new PrecisionAtLeast(0.6).Choose(ranked)?.Threshold);
            Assert.Equal(
                ranked.Positives == 0 ? null : points.Where(point => point.Recall >= 0.6).MaxBy(point => point.Precision)?.Threshold,
                new RecallAtLeast(0.6).Choose(ranked)?.Threshold);
            Assert.Equal(
                points.Where(point => point.SharePredictedPositive <= 0.3).MaxBy(point => point.SharePredictedPositive)?.Threshold,
                new RateAtMost(0.3).Choose(ranked)!.Threshold);
            Assert.Equal(
                points.Prepend(OperatingPoint.FlagNone(ranked)).MinBy(point => point.FalsePositives + (3 * (point.FalseNegatives + point.UnscorablePositives)))!.Threshold,
                new LeastCost(1, 3).Choose(ranked)!.Threshold);
            var best = new MaxFBeta().Choose(ranked);
            Assert.All(points, point => Assert.True(ranked.Positives == 0 || point.F1 <= best!.F1 + 1e-15));
        },
        iter: 1_000);
}
