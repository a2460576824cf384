using CsCheck;

using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.Tests.Ranking;

/// <summary>What every figure of ranking quality must pass.</summary>
public sealed class RankingMetricSuite
{
    private static readonly Dictionary<string, Func<RankingCase, double?>> Metrics = new(StringComparer.Ordinal)
    {
        ["average precision"] = ranking => ranking.Rank().AveragePrecision,
        ["ROC AUC"] = ranking => ranking.Rank().RocAuc,
        ["area under the steps"] = ranking => Steps(ranking.Rank().PrecisionRecallCurve()),
        ["area under the ROC curve"] = ranking => Trapezoids(ranking.Rank().RocCurve()),
        ["low end of the range"] = ranking => Range(ranking)?.Low,
        ["high end of the range"] = ranking => Range(ranking)?.High,
        ["macro mean"] = ranking => MultiLabelSummary.Create([ranking.Rank()]).MacroAveragePrecision,
        ["weighted mean"] = ranking => MultiLabelSummary.Create([ranking.Rank()]).WeightedAveragePrecision,
        ["highest balanced accuracy"] = ranking => ranking.Rank() is var ranked && ranked.Thresholds.Count > 0
            ? ranked.Thresholds.Max(threshold => OperatingPoint.At(ranked, threshold).BalancedAccuracy)
            : null,
        ["flag-all balanced accuracy"] = ranking => new RateAtMost(1).Choose(ranking.Rank())?.BalancedAccuracy,
    };

    public static TheoryData<string> Names { get; } = [.. Metrics.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_AnyOrder_IsTheSame(string name) =>
        (from ranking in RankingCase.Any
         from order in Gen.Shuffle(Enumerable.Range(0, ranking.Scores.Length).ToArray())
         select (ranking, order)).Sample(drawn => Assert.Equal(Metrics[name](drawn.ranking), Metrics[name](drawn.ranking.Permute(drawn.order))), iter: 500);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_AnyCase_IsInRangeOrNotDefined(string name) =>
        RankingCase.Any.Sample(ranking => Assert.True(Metrics[name](ranking) is null or (>= 0 and <= 1)), iter: 1_000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_NoPositiveOrNoNegative_IsNotDefined(string name) => RankingCase.Any.Sample(
        ranking =>
        {
            Assert.Null(Metrics[name](ranking with { IsPositive = new bool[ranking.Scores.Length], UnscorablePositives = 0 }));
            Assert.Null(Metrics[name](ranking with { IsPositive = [.. ranking.Scores.Select(_ => true)], UnscorableNegatives = 0 }));
        },
        iter: 200);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_OneSample_IsNotDefined(string name)
    {
        Assert.Null(Metrics[name](new([0.5], [true], 0, 0)));
        Assert.Null(Metrics[name](new([0.5], [false], 0, 0)));
        Assert.Null(Metrics[name](new([], [], 1, 0)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_AllTied_IsThatOfChance(string name)
    {
        var tied = new RankingCase([2, 2, 2, 2, 2], [true, false, false, false, false], 0, 0);

        Assert.Equal(name.Contains("ROC", StringComparison.Ordinal) || name.EndsWith("accuracy", StringComparison.Ordinal) ? 0.5 : 0.2, Metrics[name](tied)!.Value, 1e-12);
    }

    private static (double Low, double High)? Range(RankingCase ranking) =>
        AveragePrecisionRange.Compute(ranking.Scores, ranking.Scores, ranking.IsPositive, ranking.UnscorablePositives, ranking.UnscorableNegatives);

    private static double? Steps(IReadOnlyList<PrecisionRecallPoint> curve) =>
        curve.Count == 0 ? null : Math.Min(1, curve.Skip(1).Zip(curve, (point, before) => (point.Recall - before.Recall) * point.Precision).Sum());

    private static double? Trapezoids(IReadOnlyList<RocPoint> curve) => curve.Count == 0
        ? null
        : Math.Min(1, curve.Skip(1).Zip(curve, (point, before) => (point.FalsePositiveRate - before.FalsePositiveRate) * (point.TruePositiveRate + before.TruePositiveRate) / 2).Sum());
}
