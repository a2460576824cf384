using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Tests.Reference;

/// <summary>200 made-up samples with ties, against what scikit-learn and numpy give for the same arithmetic.</summary>
public sealed class OutsideFiguresTests
{
    private const int Count = 200;
    private const int LabelCount = 4;
    private const double Tolerance = 1e-12;

    private static readonly bool[] Positive = [.. Enumerable.Range(0, Count).Select(i => ((i * i * 31) + i) % 7 < 2)];
    private static readonly double[] Scores = [.. Enumerable.Range(0, Count).Select(i => ((i * 7919 % 101) - 50) / 8.0 + (Positive[i] ? 2 : 0))];
    private static readonly double[] Probabilities = [.. Scores.Select(score => 1 / (1 + Math.Exp(-score)))];
    private static readonly bool[] Unscorable = [.. Enumerable.Range(0, Count).Select(i => i % 17 == 0)];
    private static readonly int[] Truths = [.. Enumerable.Range(0, Count).Select(i => ((i * 5) + (i / 7)) % 3)];
    private static readonly double[] LabelScores =
    [
        .. Enumerable.Range(0, Count * LabelCount).Select(pair => ScoreOf(pair / LabelCount, pair % LabelCount)),
    ];

    [Fact]
    public void RankedScores_Ties_EqualOutsideFigures()
    {
        var ranked = RankedScores.Create(Scores, Positive);
        var curve = ranked.PrecisionRecallCurve();

        Assert.Equal(0.49943638333740215, ranked.AveragePrecision!.Value, Tolerance);
        Assert.Equal(0.6518941233608548, ranked.RocAuc!.Value, Tolerance);
        Assert.Equal((110, 111, 111), (ranked.Thresholds.Count, curve.Count, ranked.RocCurve().Count));
        Assert.Equal(48.971218347006, curve.Sum(point => point.Precision), 1e-10);
        Assert.Equal(67.0, curve.Sum(point => point.Recall), 1e-10);
        Assert.Equal(51.007042253521114, ranked.RocCurve().Sum(point => point.FalsePositiveRate), 1e-10);
    }

    [Fact]
    public void RankedScores_UnscorableSamples_EqualOutsideFiguresWithAScoreBelowAll()
    {
        var ranked = WithUnscorable();

        Assert.Equal((4, 8), (ranked.UnscorablePositives, ranked.UnscorableNegatives));
        Assert.Equal(0.5006316812888395, ranked.AveragePrecision!.Value, Tolerance);
        Assert.Equal(0.6449732880038854, ranked.RocAuc!.Value, Tolerance);
    }

    [Fact]
    public void OperatingPoint_EveryFigure_EqualsOutsideFigures()
    {
        var point = OperatingPoint.At(RankedScores.Create(Scores, Positive), 1);

        Assert.Equal(0.3684210526315789, point.Precision!.Value, Tolerance);
        Assert.Equal(0.603448275862069, point.Recall!.Value, Tolerance);
        Assert.Equal(0.45751633986928103, point.F1!.Value, Tolerance);
        Assert.Equal(0.5351681957186545, point.FBeta(2)!.Value, Tolerance);
        Assert.Equal(0.5904565322972317, point.BalancedAccuracy!.Value, Tolerance);
        Assert.Equal(0.16438858122957237, point.MatthewsCorrelation!.Value, Tolerance);
        Assert.Equal(0.585, point.Accuracy!.Value, Tolerance);
    }

    [Fact]
    public void OperatingPoint_UnscorableSamples_EqualOutsideFiguresWithAThirdOutcome()
    {
        var point = OperatingPoint.At(WithUnscorable(), 1);

        Assert.Equal(0.17087184623071933, point.MatthewsCorrelation!.Value, Tolerance);
        Assert.Equal(0.56, point.Accuracy!.Value, Tolerance);
        Assert.Equal(0.45945945945945943, point.F1!.Value, Tolerance);
    }

    [Fact]
    public void Calibration_Ties_EqualOutsideFigures()
    {
        var diagram = ReliabilityDiagram.EqualMass(Probabilities, Positive);

        Assert.Equal(1.469693039319455, LogLoss.Binary(Probabilities, Positive)!.Value, Tolerance);
        Assert.Equal(0.3701308537117896, BrierScore.Binary(Probabilities, Positive)!.Value, Tolerance);
        Assert.Equal(0.36141405583758807, diagram.ExpectedCalibrationError!.Value, Tolerance);
        Assert.Equal(0.7658529450736541, diagram.MaximumCalibrationError!.Value, Tolerance);
        Assert.Equal(0.35723114189230154, ReliabilityDiagram.EqualWidth(Probabilities, Positive).ExpectedCalibrationError!.Value, Tolerance);
    }

    [Fact]
    public void Summaries_EqualOutsideFigures()
    {
        var summary = DistributionSummary.Create(Scores);
        var histogram = Histogram.Create([Scores], 7)!;

        Assert.Equal(0.593125, summary.Mean!.Value, Tolerance);
        Assert.Equal(3.766878629498832, summary.StandardDeviation!.Value, Tolerance);
        Assert.Equal((0.5625, 5.637499999999999, 7.627499999999998), (summary.Median!.Value, summary.P90!.Value, summary.P99!.Value));
        Assert.Equal([26, 33, 31, 32, 32, 35, 11], histogram.Counts[0]);
        Assert.Equal(-4.178571428571429, histogram.Edges[1], Tolerance);
    }

    [Fact]
    public void SeveralLabels_EqualOutsideFigures()
    {
        var summary = MultiLabelSummary.Create([.. Enumerable.Range(0, LabelCount).Select(label => RankedScores.Create(
            [.. Enumerable.Range(0, Count).Select(sample => LabelScores[(sample * LabelCount) + label])],
            [.. Truths.Select(truth => truth == label)]))]);

        Assert.Equal(0.7344232928824109, summary.MacroAveragePrecision!.Value, Tolerance);
        Assert.Equal(0.7729319154144615, summary.WeightedAveragePrecision!.Value, Tolerance);
        Assert.Equal([3], summary.LeftOut);
        Assert.Equal(0.4530274923706584, MultiLabelSummary.Micro(LabelScores, LabelCount, Truths).AveragePrecision!.Value, Tolerance);
    }

    [Fact]
    public void SeveralLabels_ConfusionAndLosses_EqualOutsideFigures()
    {
        var matrix = ConfusionMatrix.Create(LabelCount, Truths, Argmax(_ => false));
        var withUnscorable = ConfusionMatrix.Create(LabelCount, Truths, Argmax(sample => Unscorable[sample]));
        double[] probabilities = [.. LabelScores.Select((score, pair) => score / LabelScores.AsSpan(pair / LabelCount * LabelCount, LabelCount).ToArray().Sum())];

        Assert.Equal([[10, 27, 16, 33], [0, 35, 12, 10], [0, 1, 41, 15], [0, 0, 0, 0]], matrix.Counts);
        Assert.Equal(0.3606150793650794, matrix.MacroF1!.Value, Tolerance);
        Assert.Equal(0.43, matrix.Accuracy);
        Assert.Equal(0.33733580018501386, withUnscorable.MacroF1!.Value, Tolerance);
        Assert.Equal(0.395, withUnscorable.Accuracy);
        Assert.Equal(0.6711389593252488, BrierScore.SumOverLabels(probabilities, LabelCount, Truths)!.Value, Tolerance);
        Assert.Equal(1.209693074204084, LogLoss.Mean([.. Truths.Select((truth, sample) => probabilities[(sample * LabelCount) + truth])])!.Value, Tolerance);
    }

    [Fact]
    public void RiskCoverage_Ties_EqualOutsideFigures()
    {
        var predicted = Argmax(_ => false);
        var curve = RiskCoverageCurve.Create(
            [.. predicted.Select((label, sample) => LabelScores[(sample * LabelCount) + label])],
            [.. predicted.Select((label, sample) => label != Truths[sample])]);

        Assert.Equal(0.43272296984299197, curve.AreaUnderRiskCoverage!.Value, Tolerance);
        Assert.Equal(0.2755499999999999, curve.GeneralizedArea!.Value, Tolerance);
    }

    private static double ScoreOf(int sample, int label) =>
        (((sample * label * 37) + (label * 11)) % 53 / 10.0) + (Truths[sample] == label ? 1.5 : 0);

    private static int[] Argmax(Func<int, bool> isUnscorable) =>
    [
        .. Enumerable.Range(0, Count).Select(sample => isUnscorable(sample)
            ? -1
            : Enumerable.Range(0, LabelCount).MaxBy(label => LabelScores[(sample * LabelCount) + label])),
    ];

    private static RankedScores WithUnscorable()
    {
        var scored = Enumerable.Range(0, Count).Where(sample => !Unscorable[sample]).ToList();
        return RankedScores.Create(
            [.. scored.Select(sample => Scores[sample])],
            [.. scored.Select(sample => Positive[sample])],
            Enumerable.Range(0, Count).Count(sample => Unscorable[sample] && Positive[sample]),
            Enumerable.Range(0, Count).Count(sample => Unscorable[sample] && !Positive[sample]));
    }
}
