using CsCheck;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Tests;

/// <summary>
/// What every figure must pass, whatever it measures: the order of the samples does not matter; it is in its range or not defined, never NaN; without a positive, with one sample and
/// with all samples tied it is what its definition says. A public type of Analysis that is neither here nor excused fails the suite. Figures of ranking alone pass <c>RankingMetricSuite</c> too.
/// </summary>
public sealed class MetricSuite
{
    private static readonly Dictionary<string, Metric> Metrics = new(StringComparer.Ordinal)
    {
        ["average precision"] = new(typeof(RankedScores), scored => scored.Rank().AveragePrecision, NeedsBoth: true),
        ["ROC AUC"] = new(typeof(RankedScores), scored => scored.Rank().RocAuc, NeedsBoth: true),
        ["weighted average precision"] = new(typeof(WeightedRanking), scored => Weighted(scored)?.AveragePrecision, NeedsBoth: true),
        ["weighted ROC AUC"] = new(typeof(WeightedRanking), scored => Weighted(scored)?.RocAuc, NeedsBoth: true),
        ["lowest average precision"] = new(typeof(AveragePrecisionRange), scored => AveragePrecisionRange.Compute(scored.Scores, scored.Scores, scored.IsPositive)?.Low, NeedsBoth: true),
        ["macro average precision"] = new(typeof(MultiLabelSummary), scored => scored.Summary().MacroAveragePrecision, NeedsBoth: true),
        ["average precision by support"] = new(typeof(MultiLabelSummary), scored => scored.Summary().WeightedAveragePrecision, NeedsBoth: true),
        ["micro average precision"] = new(typeof(MultiLabelSummary), scored => MultiLabelSummary.Micro(scored.Pairs(score => score), 2, scored.Labels).AveragePrecision),
        ["ECE, equal mass"] = new(typeof(ReliabilityDiagram), scored => ReliabilityDiagram.EqualMass(scored.Probabilities, scored.IsPositive).ExpectedCalibrationError),
        ["MCE, equal mass"] = new(typeof(ReliabilityDiagram), scored => ReliabilityDiagram.EqualMass(scored.Probabilities, scored.IsPositive).MaximumCalibrationError),
        ["ECE, equal width"] = new(typeof(ReliabilityDiagram), scored => ReliabilityDiagram.EqualWidth(scored.Probabilities, scored.IsPositive).ExpectedCalibrationError),
        ["MCE, equal width"] = new(typeof(ReliabilityDiagram), scored => ReliabilityDiagram.EqualWidth(scored.Probabilities, scored.IsPositive).MaximumCalibrationError),
        ["ECE of equal weights"] = new(typeof(WeightedReliability), WeightedError),
        ["ECE of a resample"] = new(typeof(WeightedReliability), WeightedCalibrationError),
        ["Brier score"] = new(typeof(BrierScore), scored => BrierScore.Binary(scored.Probabilities, scored.IsPositive)),
        ["Brier score over labels"] = new(typeof(BrierScore), scored => BrierScore.SumOverLabels(scored.Pairs(ToProbability), 2, scored.Labels), Most: 2),
        ["sum of Brier's parts"] = new(typeof(BrierParts), scored => Parts(scored)?.Score),
        ["reliability"] = new(typeof(BrierParts), scored => Parts(scored)?.Reliability),
        ["resolution"] = new(typeof(BrierParts), scored => Parts(scored)?.Resolution),
        ["uncertainty"] = new(typeof(BrierParts), scored => Parts(scored)?.Uncertainty),
        ["log loss"] = new(typeof(LogLoss), scored => LogLoss.Binary(scored.Probabilities, scored.IsPositive), Most: -Math.Log(LogLoss.Clip)),
        ["AURC"] = new(typeof(RiskCoverageCurve), scored => scored.RiskCoverage().AreaUnderRiskCoverage),
        ["AUGRC"] = new(typeof(RiskCoverageCurve), scored => scored.RiskCoverage().GeneralizedArea),
        ["Platt's mean probability"] = new(typeof(PlattScaling), scored => PlattScaling.Fit(scored.Scores, scored.IsPositive) is { } fit ? scored.Scores.Average(fit.Probability) : null, NeedsBoth: true, Tolerance: 1e-6),
        ["temperature"] = new(typeof(TemperatureScaling), scored => TemperatureScaling.Fit(scored.LogProbabilities(), 2, scored.Labels)?.Temperature, Most: double.MaxValue, Tolerance: 1e-6),
        ["conformal threshold"] = new(typeof(ConformalSets), scored => ConformalSets.Calibrate(scored.OfTrueLabel(), 0.2).Threshold),
        ["conformal coverage"] = new(typeof(ConformalCoverage), scored => ConformalSets.Calibrate(scored.OfTrueLabel(), 0.2).Judge(scored.Pairs(ToProbability), 2, scored.Labels)?.Coverage),
        ["conformal set size"] = new(typeof(ConformalCoverage), scored => ConformalSets.Calibrate(scored.OfTrueLabel(), 0.2).Judge(scored.Pairs(ToProbability), 2, scored.Labels)?.MeanSize, Most: 2),
        ["accuracy"] = new(typeof(ConfusionMatrix), scored => scored.Confusion().Accuracy),
        ["macro F1"] = new(typeof(ConfusionMatrix), scored => scored.Confusion().MacroF1),
        ["precision of a label"] = new(typeof(LabelFigures), scored => scored.Confusion().Labels[1].Precision),
        ["macro precision"] = new(typeof(ConfusionAverages), scored => ConfusionAverages.Macro(scored.Confusion()).Precision),
        ["recall by support"] = new(typeof(ConfusionAverages), scored => ConfusionAverages.Weighted(scored.Confusion()).Recall),
        ["micro F1"] = new(typeof(ConfusionAverages), scored => ConfusionAverages.Micro(scored.Confusion()).F1),
        ["precision"] = new(typeof(OperatingPoint), scored => scored.At().Precision),
        ["recall"] = new(typeof(OperatingPoint), scored => scored.At().Recall),
        ["F1"] = new(typeof(OperatingPoint), scored => scored.At().F1),
        ["F2"] = new(typeof(OperatingPoint), scored => scored.At().FBeta(2)),
        ["specificity"] = new(typeof(OperatingPoint), scored => scored.At().Specificity),
        ["balanced accuracy"] = new(typeof(OperatingPoint), scored => scored.At().BalancedAccuracy, NeedsBoth: true),
        ["MCC"] = new(typeof(OperatingPoint), scored => scored.At().MatthewsCorrelation, Least: -1, NeedsBoth: true),
        ["share predicted positive"] = new(typeof(OperatingPoint), scored => scored.At().SharePredictedPositive),
        ["McNemar's p"] = new(typeof(McNemar), scored => McNemar.Test([.. scored.Labels.Zip(scored.Predicted, (truth, predicted) => truth == predicted)], scored.IsPositive).PValue),
        ["mean"] = new(typeof(DistributionSummary), scored => DistributionSummary.Create(scored.Probabilities).Mean),
        ["90 % quantile"] = new(typeof(DistributionSummary), scored => DistributionSummary.Create(scored.Probabilities).P90),
    };

    /// <summary>Public types that are no figure of samples: what a figure is read from, how a curve is drawn, how samples are drawn, what acts on figures.</summary>
    private static readonly HashSet<string> Excused =
    [
        "CalibrationBin", "RiskCoveragePoint", "PrecisionRecallPoint", "RocPoint", "CurveShape", "CurveThinning", "Histogram", "Quantile",
        "BatchCalibration", "CrossFitting", "HolmCorrection", "PairedDifference", "Verdict", "Verdicts",
        "ThresholdRule", "MaxFBeta", "PrecisionAtLeast", "RecallAtLeast", "LeastCost", "RateAtMost", "ValidatedChoice",
    ];

    private static readonly Gen<Scored> Drawn =
        from size in Gen.Int[0, 40]
        from scores in Gen.OneOf(Gen.Int[-3, 3].Select(score => (double)score), Gen.Double[-30, 30]).Array[size]
        from isPositive in Gen.Bool.Array[size]
        select new Scored(scores, isPositive);

    public static TheoryData<string> Names { get; } = [.. Metrics.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_InAnyOrder_IsTheSame(string name) =>
        (from scored in Drawn
         from order in Gen.Shuffle(Enumerable.Range(0, scored.Scores.Length).ToArray())
         select (scored, order)).Sample(
            drawn =>
            {
                var (before, after) = (Metrics[name].Of(drawn.scored), Metrics[name].Of(drawn.scored.Permute(drawn.order)));
                Assert.Equal(before is null, after is null);
                Assert.Equal(before ?? 0, after ?? 0, Metrics[name].Tolerance * Math.Max(1, Math.Abs(before ?? 0)));
            },
            iter: 300);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_OfAnySamples_IsInItsRangeOrNotDefined(string name) => Drawn.Sample(scored => AssertAllowed(name, scored), iter: 500);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_WithoutAPositiveOrANegative_IsNotDefinedWhereItNeedsBoth(string name) => Drawn.Sample(
        scored =>
        {
            AssertAllowed(name, scored with { IsPositive = new bool[scored.Scores.Length] });
            AssertAllowed(name, scored with { IsPositive = [.. scored.Scores.Select(_ => true)] });
        },
        iter: 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_OfOneSample_IsInItsRangeOrNotDefined(string name)
    {
        AssertAllowed(name, new([0.5], [true]));
        AssertAllowed(name, new([-0.5], [true]));
        AssertAllowed(name, new([0.5], [false]));
        AssertAllowed(name, new([-30], [true]));
    }

    /// <summary>Where all are tied nothing tells the samples apart: only how many are positive can matter.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Metric_OfSamplesThatAreAllTied_DoesNotDependOnWhichArePositive(string name) =>
        (from isPositive in Gen.Bool.Array[1, 30]
         from order in Gen.Shuffle(Enumerable.Range(0, isPositive.Length).ToArray())
         from score in Gen.Int[-2, 2]
         select (First: new Scored([.. isPositive.Select(_ => (double)score)], isPositive), Order: order)).Sample(
            drawn =>
            {
                AssertAllowed(name, drawn.First);
                var other = drawn.First with { IsPositive = [.. drawn.Order.Select(place => drawn.First.IsPositive[place])] };
                Assert.Equal(Metrics[name].Of(drawn.First) ?? -9, Metrics[name].Of(other) ?? -9, Metrics[name].Tolerance);
            },
            iter: 100);

    [Fact]
    public void Suite_KnowsEveryPublicTypeThatMeasures()
    {
        string[] measuring = ["Ranking", "Calibration", "Comparison", "Confusion", "OperatingPoints", "Summaries"];
        var missing = typeof(RankedScores).Assembly.GetExportedTypes()
            .Where(type => measuring.Contains(type.Namespace!.Split('.')[^1]))
            .Where(type => !Excused.Contains(type.Name) && Metrics.Values.All(metric => metric.Type != type))
            .Select(type => type.Name);
        Assert.Empty(missing);
    }

    private static void AssertAllowed(string name, Scored scored)
    {
        var metric = Metrics[name];
        var hasBoth = scored.IsPositive.Contains(true) && scored.IsPositive.Contains(false);
        var value = metric.Of(scored);
        if (metric.NeedsBoth && !hasBoth)
            Assert.Null(value);
        if (value is { } known)
            Assert.InRange(known, metric.Least - 1e-12, metric.Most < double.MaxValue ? metric.Most + 1e-12 : metric.Most);
    }

    private static (double AveragePrecision, double RocAuc)? Weighted(Scored scored)
    {
        var groups = SampleGroups.Singles(scored.Scores.Length);
        return WeightedRanking.Create(scored.Scores, scored.IsPositive, groups).Measure([.. Enumerable.Repeat(1, groups.Count)]);
    }

    private static BrierParts? Parts(Scored scored) =>
        BrierParts.Of(ReliabilityDiagram.EqualMass(scored.Probabilities, scored.IsPositive), BrierScore.Binary(scored.Probabilities, scored.IsPositive));

    private static double? WeightedCalibrationError(Scored scored)
    {
        var groups = SampleGroups.Singles(scored.Scores.Length);
        var diagram = ReliabilityDiagram.EqualMass(scored.Probabilities, scored.IsPositive);
        return WeightedReliability.Create(scored.Probabilities, scored.IsPositive, groups, diagram).ExpectedCalibrationError([.. Enumerable.Repeat(1, groups.Count)]);
    }

    private static double? WeightedError(Scored scored)
    {
        var diagram = ReliabilityDiagram.EqualMass(scored.Probabilities, scored.IsPositive);
        var groups = SampleGroups.Singles(scored.Scores.Length);
        var rates = new double?[diagram.Bins.Count];
        WeightedReliability.Create(scored.Probabilities, scored.IsPositive, groups, diagram).Measure([.. Enumerable.Repeat(1, groups.Count)], rates);
        return rates.Length == 0 ? null : diagram.Bins.Select((bin, place) => Math.Abs(rates[place]!.Value - bin.MeanProbability) * bin.Count / scored.Scores.Length).Sum();
    }

    private static double ToProbability(double score) => 1 / (1 + Math.Exp(-score));

    /// <param name="Type">What is measured with.</param>
    /// <param name="Of">The figure; null: not defined.</param>
    /// <param name="NeedsBoth">Whether it is not defined without a positive or a negative.</param>
    private sealed record Metric(Type Type, Func<Scored, double?> Of, bool NeedsBoth = false, double Least = 0, double Most = 1, double Tolerance = 1e-12);

    /// <summary>Samples of two labels with the log odds of the second.</summary>
    private sealed record Scored(double[] Scores, bool[] IsPositive)
    {
        public double[] Probabilities => [.. Scores.Select(ToProbability)];

        public int[] Labels => [.. IsPositive.Select(positive => positive ? 1 : 0)];

        public int[] Predicted => [.. Scores.Select(score => score >= 0 ? 1 : 0)];

        public RankedScores Rank() => RankedScores.Create(Scores, IsPositive);

        public MultiLabelSummary Summary() => MultiLabelSummary.Create([RankedScores.Create([.. Scores.Select(score => -score)], [.. IsPositive.Select(positive => !positive)]), Rank()]);

        public OperatingPoint At() => OperatingPoint.At(Rank(), 0);

        public ConfusionMatrix Confusion() => ConfusionMatrix.Create(2, Labels, Predicted);

        public RiskCoverageCurve RiskCoverage() => RiskCoverageCurve.Create([.. Scores.Select(Math.Abs)], [.. Labels.Zip(Predicted, (truth, predicted) => truth != predicted)]);

        public double[] Pairs(Func<double, double> of) => [.. Scores.SelectMany(score => new[] { of(-score), of(score) })];

        public double[] LogProbabilities() => [.. Scores.SelectMany(score => new[] { -Math.Log(1 + Math.Exp(score)), -Math.Log(1 + Math.Exp(-score)) })];

        public double[] OfTrueLabel() => [.. Scores.Zip(IsPositive, (score, positive) => ToProbability(positive ? score : -score))];

        public Scored Permute(int[] order) => new([.. order.Select(place => Scores[place])], [.. order.Select(place => IsPositive[place])]);
    }
}
