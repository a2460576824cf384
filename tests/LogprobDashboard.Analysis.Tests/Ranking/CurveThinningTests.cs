using CsCheck;

using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Ranking;

public sealed class CurveThinningTests
{
    [Fact]
    public void Thin_NoMoreThanAllowed_KeepsAll()
    {
        var curve = RankedScores.Create([3, 2, 1], [true, false, true]).PrecisionRecallCurve();

        Assert.Equal([0, 1, 2, 3], CurveThinning.Thin(curve, 4));
    }

    [Fact]
    public void Thin_PointsOnTheDrawnLine_AreTheFirstToGo()
    {
        // Across at 1 to 0.5, then down at 0.5: two corners say it all.
        PrecisionRecallPoint[] curve = [new(null, 1, 0), new(9, 1, 0.2), new(8, 1, 0.5), new(7, 0.8, 0.5), new(6, 0.6, 0.5), new(5, 0.5, 0.5)];

        Assert.Equal([0, 2, 5], CurveThinning.Thin(curve, 3));
    }

    [Fact]
    public void Thin_PointsToKeep_Stay()
    {
        var curve = Curve(5_000, 3).PrecisionRecallCurve();
        var kept = CurveThinning.Thin(curve, 50, [1234, 77, 77]);

        Assert.Equal(50, kept.Count);
        Assert.Superset(new HashSet<int> { 0, 77, 1234, curve.Count - 1 }, kept.ToHashSet());
        Assert.Equal(kept.Order().Distinct(), kept);
        Assert.Equal(5, CurveThinning.Thin(curve, 2, [1, 2, 3]).Count);
    }

    [Fact]
    public void Thin_ImpossibleRequests_Throw()
    {
        var curve = Curve(10, 1).PrecisionRecallCurve();

        Assert.Throws<ArgumentOutOfRangeException>(() => CurveThinning.Thin(curve, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurveThinning.Thin(curve, 2, [curve.Count]));
        Assert.Throws<ArgumentException>(() => CurveThinning.Thin([0.0], [], CurveShape.Step, 2));
        Assert.Empty(CurveThinning.Thin(Array.Empty<RocPoint>(), 2));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(30_000)]
    [InlineData(200_000)]
    public void Thin_To400Points_CurvesDoNotMove(int samples)
    {
        var ranked = Curve(samples, 7);
        var curve = ranked.PrecisionRecallCurve();
        var roc = ranked.RocCurve();

        var (kept, deviation) = CurveThinning.Thin([.. curve.Select(point => point.Recall)], [.. curve.Select(point => point.Precision)], CurveShape.Step, 400);
        var (rocKept, rocDeviation) = CurveThinning.Thin([.. roc.Select(point => point.FalsePositiveRate)], [.. roc.Select(point => point.TruePositiveRate)], CurveShape.Line, 400);

        Assert.InRange(kept.Count, 2, 400);
        Assert.InRange(rocKept.Count, 2, 400);
        Assert.InRange(deviation, 0, 0.005);
        Assert.InRange(rocDeviation, 0, 0.003);
        Assert.InRange(Area(curve, kept), ranked.AveragePrecision!.Value - 0.003, ranked.AveragePrecision.Value + 0.003);
    }

    [Fact]
    public void Thin_AnyCurve_EveryPointLiesWithinTheDeviationOfWhatIsDrawn() =>
        (from ranking in RankingCase.Any
         from most in Gen.Int[2, 30]
         select (ranking, most)).Sample(
            drawn =>
            {
                var curve = drawn.ranking.Rank().PrecisionRecallCurve();
                if (curve.Count == 0)
                    return;
                var (kept, deviation) = CurveThinning.Thin([.. curve.Select(point => point.Recall)], [.. curve.Select(point => point.Precision)], CurveShape.Step, drawn.most);

                Assert.True(kept.Count <= Math.Max(2, drawn.most));
                Assert.Equal((0, curve.Count - 1), (kept[0], kept[^1]));
                Assert.All(curve, point => Assert.True(Distance(point, curve, kept) <= deviation + 1e-15));
            },
            iter: 1_000);

    /// <summary>In the larger of both axes' distances, to the nearest upright or level line that is drawn.</summary>
    private static double Distance(PrecisionRecallPoint point, IReadOnlyList<PrecisionRecallPoint> curve, IReadOnlyList<int> kept)
    {
        var least = double.PositiveInfinity;
        foreach (var (from, to) in kept.Zip(kept.Skip(1), (from, to) => (curve[from], curve[to])))
        {
            var (low, high) = (Math.Min(from.Precision, to.Precision), Math.Max(from.Precision, to.Precision));
            var upright = Math.Max(Math.Abs(point.Recall - from.Recall), Beyond(point.Precision, low, high));
            var level = Math.Max(Beyond(point.Recall, from.Recall, to.Recall), Math.Abs(point.Precision - to.Precision));
            least = Math.Min(least, Math.Min(upright, level));
        }

        return least;

        static double Beyond(double value, double low, double high) => Math.Max(0, Math.Max(low - value, value - high));
    }

    private static double Area(IReadOnlyList<PrecisionRecallPoint> curve, IReadOnlyList<int> kept) =>
        kept.Skip(1).Zip(kept, (to, from) => (curve[to].Recall - curve[from].Recall) * curve[to].Precision).Sum();

    private static RankedScores Curve(int samples, long seed)
    {
        var generator = new SeededGenerator(seed);
        var isPositive = new bool[samples];
        var scores = new double[samples];
        for (var sample = 0; sample < samples; sample++)
        {
            isPositive[sample] = generator.NextDouble() < 0.15;
            scores[sample] = (generator.NextDouble() + generator.NextDouble() + generator.NextDouble()) + (isPositive[sample] ? 0.8 : 0);
        }

        return RankedScores.Create(scores, isPositive);
    }
}
