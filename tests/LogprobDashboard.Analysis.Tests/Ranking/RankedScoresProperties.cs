using CsCheck;

using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

public sealed class RankedScoresProperties
{
    private const int Cases = 2_000;

    [Fact]
    public void AveragePrecision_AnyCase_EqualsItsDefinitionDoneSlowly() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranks = ranking.Ranks();
            var positives = ranks.Count(sample => sample.IsPositive);
            double? expected = positives == 0 || positives == ranks.Length ? null : 0;
            var recall = 0.0;
            foreach (var level in ranks.Select(sample => sample.Rank).Distinct().OrderDescending())
            {
                var flagged = ranks.Where(sample => sample.Rank >= level).ToList();
                double found = flagged.Count(sample => sample.IsPositive);
                expected += ((found / positives) - recall) * found / flagged.Count;
                recall = found / positives;
            }

            AssertClose(expected, ranking.Rank().AveragePrecision);
        },
        iter: Cases);

    [Fact]
    public void RocAuc_AnyCase_EqualsTheShareOfPairs() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranks = ranking.Ranks();
            var pairs = (from positive in ranks
                         from negative in ranks
                         where positive.IsPositive && !negative.IsPositive
                         select positive.Rank > negative.Rank ? 1.0 : positive.Rank == negative.Rank ? 0.5 : 0).ToList();

            AssertClose(pairs.Count > 0 ? pairs.Average() : null, ranking.Rank().RocAuc);
        },
        iter: Cases);

    [Fact]
    public void Figures_StrictlyMonotoneTransform_StayTheSame() => RankingCase.Any.Sample(
        ranking =>
        {
            // A rank is a strictly monotone transform of a score that no rounding can tie.
            var ranks = ranking.Ranks();
            var transformed = ranking with { Scores = [.. ranking.Scores.Select((_, place) => Math.Pow(ranks[place].Rank - 10, 3) / 7)] };

            Assert.Equal(ranking.Rank().AveragePrecision, transformed.Rank().AveragePrecision);
            Assert.Equal(ranking.Rank().RocAuc, transformed.Rank().RocAuc);
        },
        iter: Cases);

    [Fact]
    public void Curves_AnyCase_StartEndAndAscendInRange() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranked = ranking.Rank();
            var (curve, roc) = (ranked.PrecisionRecallCurve(), ranked.RocCurve());
            if (!ranked.IsDefined)
            {
                Assert.Empty(curve);
                Assert.Empty(roc);
                return;
            }

            Assert.Equal(new PrecisionRecallPoint(null, 1, 0), curve[0]);
            Assert.Equal((1, ranked.Positives / (double)(ranked.Positives + ranked.Negatives)), (curve[^1].Recall, curve[^1].Precision));
            Assert.Equal(new RocPoint(null, 0, 0), roc[0]);
            Assert.Equal((1, 1), (roc[^1].FalsePositiveRate, roc[^1].TruePositiveRate));
            Assert.All(curve, point => Assert.True(point is { Precision: >= 0 and <= 1, Recall: >= 0 and <= 1 }));
            Assert.Equal(curve.Select(point => point.Recall).Order(), curve.Select(point => point.Recall));
            Assert.Equal(ranked.Thresholds, curve.Where(point => point.Threshold is not null).Select(point => point.Threshold!.Value));
            Assert.Equal(ranked.Thresholds.OrderDescending().Distinct(), ranked.Thresholds);
        },
        iter: Cases);

    [Fact]
    public void AveragePrecision_AnyCase_IsTheSumUnderTheStepsOfTheCurve() => RankingCase.Any.Sample(
        ranking =>
        {
            var ranked = ranking.Rank();
            var curve = ranked.PrecisionRecallCurve();
            var sum = curve.Skip(1).Zip(curve, (point, before) => (point.Recall - before.Recall) * point.Precision).Sum();

            AssertClose(ranked.IsDefined ? sum : null, ranked.AveragePrecision);
        },
        iter: Cases);

    private static void AssertClose(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
            Assert.InRange(actual!.Value, value - 1e-12, value + 1e-12);
    }
}
