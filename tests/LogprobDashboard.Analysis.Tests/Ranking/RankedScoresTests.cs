using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

/// <summary>Worked by hand.</summary>
public sealed class RankedScoresTests
{
    [Fact]
    public void Create_Ties_ShareAThreshold()
    {
        var ranked = RankedScores.Create([0.7, 0.9, 0.1, 0.7, 0.8], [true, true, false, false, false]);

        Assert.Equal([0.9, 0.8, 0.7, 0.1], ranked.Thresholds);
        Assert.Equal([1, 1, 2, 2], ranked.TruePositives);
        Assert.Equal([0, 1, 2, 3], ranked.FalsePositives);
        Assert.Equal(0.75, ranked.AveragePrecision);
        Assert.Equal(0.75, ranked.RocAuc);
    }

    [Fact]
    public void Curves_ByHand_AscendByRecall()
    {
        var ranked = RankedScores.Create([0.7, 0.9, 0.1, 0.7, 0.8], [true, true, false, false, false]);

        Assert.Equal(
            [new(null, 1, 0), new(0.9, 1, 0.5), new(0.8, 0.5, 0.5), new(0.7, 0.5, 1), new(0.1, 0.4, 1)],
            ranked.PrecisionRecallCurve());
        Assert.Equal(
            [new(null, 0, 0), new(0.9, 0, 0.5), new(0.8, 1 / 3.0, 0.5), new(0.7, 2 / 3.0, 1), new(0.1, 1, 1)],
            ranked.RocCurve());
    }

    [Fact]
    public void Create_UnscorableSamples_AreOneLastTiedBlock()
    {
        var ranked = RankedScores.Create([0.9, 0.8], [true, false], unscorablePositives: 1, unscorableNegatives: 2);

        Assert.Equal((2, 3), (ranked.Positives, ranked.Negatives));
        Assert.Equal((1, 1), (ranked.ScoredPositives, ranked.ScoredNegatives));
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 5), ranked.AveragePrecision!.Value, 1e-14);
        Assert.Equal((3 + 0 + (2 * 0.5)) / 6, ranked.RocAuc!.Value, 1e-14);
        Assert.Equal([new(null, 1, 0), new(0.9, 1, 0.5), new(0.8, 0.5, 0.5), new(null, 0.4, 1)], ranked.PrecisionRecallCurve());
        Assert.Equal(new(null, 1, 1), ranked.RocCurve()[^1]);
    }

    [Fact]
    public void Create_OnlyUnscorableSamples_AreOneTie()
    {
        var ranked = RankedScores.Create([], [], unscorablePositives: 1, unscorableNegatives: 3);

        Assert.Equal(0.25, ranked.AveragePrecision);
        Assert.Equal(0.5, ranked.RocAuc);
        Assert.Equal([new(null, 1, 0), new(null, 0.25, 1)], ranked.PrecisionRecallCurve());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_OneClassOnly_IsNotDefined(bool positive)
    {
        var ranked = RankedScores.Create([0.9, 0.8], [positive, positive]);

        Assert.False(ranked.IsDefined);
        Assert.Null(ranked.AveragePrecision);
        Assert.Null(ranked.RocAuc);
        Assert.Empty(ranked.PrecisionRecallCurve());
        Assert.Empty(ranked.RocCurve());
        Assert.Equal(2, ranked.Thresholds.Count);
    }

    [Fact]
    public void Create_Nothing_IsNotDefined() => Assert.False(RankedScores.Create([], []).IsDefined);

    [Fact]
    public void Create_MinusZeroAndZero_AreOneScore() => Assert.Equal([0.0], RankedScores.Create([-0.0, 0.0], [true, false]).Thresholds);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Create_ScoreThatIsNotFinite_Throws(double score) =>
        Assert.Throws<ArgumentException>(() => RankedScores.Create([score], [true]));

    [Fact]
    public void Create_ImpossibleNumbers_Throw()
    {
        Assert.Throws<ArgumentException>(() => RankedScores.Create([1.0], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankedScores.Create([], [], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankedScores.Create([], [], 0, -1));
        Assert.Throws<OverflowException>(() => RankedScores.Create([1.0], [true], int.MaxValue));
    }

    [Fact]
    public void Create_MoreThanASmallSort_SortsAll()
    {
        var scores = Enumerable.Range(0, 50_000).Select(place => ((place * 7919L % 50_021) - 25_000) * Math.Pow(10, place % 7 - 3)).ToArray();
        var ranked = RankedScores.Create(scores, [.. scores.Select((_, place) => place % 3 == 0)]);

        Assert.Equal(scores.Distinct().OrderDescending(), ranked.Thresholds);
        Assert.Equal((16_667, 33_333), (ranked.TruePositives[^1], ranked.FalsePositives[^1]));
    }

    /// <summary>Neighbouring doubles: nothing but the last bits of their fractions tells them apart.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    public void Create_ScoresThatDifferInTheirLastBitsAlone_SortsAll(double first)
    {
        var neighbours = new double[20_000];
        for (var place = 0; place < neighbours.Length; place++)
            neighbours[place] = place == 0 ? first : Math.BitIncrement(neighbours[place - 1]);
        double[] scores = [.. neighbours.Select((_, place) => neighbours[(int)(place * 7919L % neighbours.Length)])];
        var ranked = RankedScores.Create(scores, [.. scores.Select(score => score > first)]);

        Assert.Equal(neighbours.Reverse(), ranked.Thresholds);
        Assert.Equal((1.0, 19_999), (ranked.AveragePrecision, ranked.TruePositives[^1]));
    }

    [Theory]
    [InlineData(double.PositiveInfinity, -1)]
    [InlineData(0.95, -1)]
    [InlineData(0.9, 0)]
    [InlineData(0.85, 0)]
    [InlineData(0.7, 1)]
    [InlineData(-3.0, 1)]
    [InlineData(double.NegativeInfinity, 1)]
    public void PlaceOf_Threshold_IsTheLowestScoreThatReachesIt(double threshold, int place) =>
        Assert.Equal(place, RankedScores.Create([0.7, 0.9], [true, false]).PlaceOf(threshold));

    [Fact]
    public void PlaceOf_NaN_Throws() => Assert.Throws<ArgumentException>(() => RankedScores.Create([0.7], [true]).PlaceOf(double.NaN));
}
