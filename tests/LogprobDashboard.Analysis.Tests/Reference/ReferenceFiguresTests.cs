using System.Globalization;
using System.Text.Json;

using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Analysis.Tests.Reference;

/// <summary>Every figure of both reference files: counts and indexes exactly, real numbers to 1e-9.</summary>
public sealed class ReferenceFiguresTests
{
    private const double Tolerance = 1e-9;

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_Counts_EqualReference(string variant)
    {
        var run = new RecordedRun(variant);

        Assert.Equal(run.Whole("n"), run.Distributions.Count);
        Assert.Equal(run.Whole("scored"), run.Distributions.Count(answer => answer.IsScorable));
        Assert.Equal(run.Whole("unscorable"), run.Distributions.Count(answer => !answer.IsScorable));
        Assert.Equal(run.Whole("censored"), run.Distributions.Count(answer => answer.IsCensored));
        Assert.Equal(run.Whole("positives"), run.Ranked.Positives);
        Assert.Equal(run.Whole("distinctScores"), run.Ranked.Thresholds.Count);
        Assert.Equal(run.Whole("curvePoints"), run.Ranked.PrecisionRecallCurve().Count);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_RankingAndCalibration_EqualReference(string variant)
    {
        var run = new RecordedRun(variant);

        Assert.Equal(run.Real("averagePrecision"), run.Ranked.AveragePrecision!.Value, Tolerance);
        Assert.Equal(run.Real("rocAuc"), run.Ranked.RocAuc!.Value, Tolerance);
        Assert.Equal(run.Real("logLoss"), LogLoss.Binary(run.Probabilities, run.IsPositive)!.Value, Tolerance);
        Assert.Equal(run.Real("brier"), BrierScore.Binary(run.Probabilities, run.IsPositive)!.Value, Tolerance);
        Assert.Equal(
            run.Real("eceEqualMass15"),
            ReliabilityDiagram.EqualMass(run.Probabilities, run.IsPositive).ExpectedCalibrationError!.Value,
            Tolerance);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_ArgmaxPoint_EqualsReferenceThreeWays(string variant)
    {
        var run = new RecordedRun(variant);
        var predicted = run.Distributions.Select(answer => answer.Predicted ?? -1).ToArray();
        var expected = run.Expected.GetProperty("argmax");
        var matrix = ConfusionMatrix.Create(2, run.Truths, predicted);

        AssertEqual(expected, matrix.ArgmaxPoint(RecordedRun.Spam));
        AssertEqual(expected, OperatingPoint.At(run.Ranked, 0));
        Assert.Equal(expected.GetProperty("threshold").GetDouble(), OperatingPoint.At(run.Ranked, 0).Probability!.Value, Tolerance);
        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), matrix.Accuracy!.Value, Tolerance);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_MaxF1_EqualsReference(string variant)
    {
        var run = new RecordedRun(variant);
        var expected = run.Expected.GetProperty("maxF1");
        var chosen = new MaxFBeta().Choose(run.Ranked)!;

        AssertEqual(expected, chosen);
        Assert.Equal(expected.GetProperty("threshold").GetDouble(), chosen.Threshold!.Value, Tolerance);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_ThresholdRules_EqualReference(string variant)
    {
        var run = new RecordedRun(variant);

        foreach (var entry in run.Expected.GetProperty("highestRecallAtPrecision").EnumerateObject())
            Assert.Equal(entry.Value.GetDouble(), new PrecisionAtLeast(Number(entry)).Choose(run.Ranked)!.Recall!.Value, Tolerance);
        foreach (var entry in run.Expected.GetProperty("highestPrecisionAtRecall").EnumerateObject())
            Assert.Equal(entry.Value.GetDouble(), new RecallAtLeast(Number(entry)).Choose(run.Ranked)!.Precision!.Value, Tolerance);

        static double Number(JsonProperty entry) => double.Parse(entry.Name, CultureInfo.InvariantCulture);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_Summaries_EqualReference(string variant)
    {
        var run = new RecordedRun(variant);

        AssertSummary(run, "entropy", answer => answer.Entropy!.Value);
        AssertSummary(run, "margin", answer => answer.LogMargin!.Value);
        AssertSummary(run, "tokenEntropy", answer => answer.TokenEntropy!.Value);
        AssertSummary(run, "tokenMargin", answer => answer.TokenMargin!.Value);
        AssertSummary(run, "coverage", answer => answer.Coverage);
    }

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("strict")]
    public void RecordedRun_Outliers_EqualReference(string variant)
    {
        var run = new RecordedRun(variant);
        var samples = Enumerable.Range(0, run.Distributions.Count);

        Assert.Equal(Indexes("top10ByEntropy"), samples.OrderByDescending(sample => run.Distributions[sample].Entropy).Take(10));
        Assert.Equal(Indexes("lowest10ByMargin"), samples.OrderBy(sample => run.Distributions[sample].LogMargin).Take(10));

        IEnumerable<int> Indexes(string name) => run.Expected.GetProperty(name).EnumerateArray().Select(index => index.GetInt32());
    }

    private static void AssertSummary(RecordedRun run, string name, Func<LabelDistribution, double> figure)
    {
        var expected = run.Expected.GetProperty(name);
        var summary = DistributionSummary.Create([.. run.Distributions.Select(figure)]);
        foreach (var (key, value) in new[]
        {
            ("mean", summary.Mean), ("median", summary.Median), ("p90", summary.P90), ("p99", summary.P99), ("min", summary.Min), ("max", summary.Max),
        })
        {
            Assert.Equal(expected.GetProperty(key).GetDouble(), value!.Value, Tolerance);
        }
    }

    private static void AssertEqual(JsonElement expected, OperatingPoint point)
    {
        Assert.Equal(
            (Count("truePositives"), Count("falsePositives"), Count("trueNegatives"), Count("falseNegatives")),
            (point.TruePositives, point.FalsePositives, point.TrueNegatives, point.FalseNegatives));
        Assert.Equal(expected.GetProperty("precision").GetDouble(), point.Precision!.Value, Tolerance);
        Assert.Equal(expected.GetProperty("recall").GetDouble(), point.Recall!.Value, Tolerance);
        Assert.Equal(expected.GetProperty("f1").GetDouble(), point.F1!.Value, Tolerance);
        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), point.Accuracy!.Value, Tolerance);

        int Count(string name) => expected.GetProperty(name).GetInt32();
    }
}
