using System.Text.Json;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Reference;

/// <summary>Drawn samples (ties, heavy imbalance, one positive, 100,000 samples, 20 labels) against scikit-learn and scipy: outside-figures.json, written by outside_figures.py.</summary>
public sealed class DrawnFiguresTests
{
    private const double Exact = 1e-9;
    private const double Fitted = 1e-6;

    private static readonly JsonElement Figures = Load();

    public static TheoryData<string> Names { get; } = [.. Figures.GetProperty("binary").EnumerateArray().Select(drawn => drawn.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ranking_OfDrawnSamples_EqualsOutsideFigures(string name)
    {
        var (figures, drawn) = Draw(name);
        var ranked = RankedScores.Create(drawn.Scores, drawn.Labels);
        var curve = ranked.PrecisionRecallCurve();

        Assert.Equal(figures.Real("averagePrecision"), ranked.AveragePrecision!.Value, Exact);
        Assert.Equal(figures.Real("rocAuc"), ranked.RocAuc!.Value, Exact);
        Assert.Equal(figures.GetProperty("thresholds").GetInt32(), ranked.Thresholds.Count);
        Assert.Equal(figures.Real("sumOfPrecisions"), curve.Sum(point => point.Precision), Exact * curve.Count);
        var point = OperatingPoint.At(ranked, 0.5);
        Assert.Equal(figures.Real("f1"), point.F1!.Value, Exact);
        Assert.Equal(figures.Real("matthews"), point.MatthewsCorrelation!.Value, Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WeightedRanking_OfDrawnWeights_EqualsOutsideFigures(string name)
    {
        var (figures, drawn) = Draw(name);
        var ranking = WeightedRanking.Create(drawn.Scores, drawn.Labels, SampleGroups.Singles(drawn.Scores.Length)).Measure(drawn.Weights);
        if (figures.GetProperty("weightedAveragePrecision").ValueKind == JsonValueKind.Null)
        {
            Assert.Null(ranking);
            return;
        }

        Assert.Equal(figures.Real("weightedAveragePrecision"), ranking!.Value.AveragePrecision, Exact);
        Assert.Equal(figures.Real("weightedRocAuc"), ranking.Value.RocAuc, Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_OfDrawnSamples_EqualOutsideFigures(string name)
    {
        var (figures, drawn) = Draw(name);
        double[] probabilities = [.. drawn.Scores.Select(score => 1 / (1 + Math.Exp(-score)))];

        Assert.Equal(figures.Real("logLoss"), LogLoss.Binary(probabilities, drawn.Labels)!.Value, Exact);
        Assert.Equal(figures.Real("brier"), BrierScore.Binary(probabilities, drawn.Labels)!.Value, Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tests_OfDrawnSamples_EqualOutsideFigures(string name)
    {
        var (figures, drawn) = Draw(name);
        bool[] right = [.. drawn.Scores.Select((score, i) => score >= 0.5 == drawn.Labels[i])];
        bool[] otherRight = [.. drawn.Others.Select((score, i) => score >= 0.5 == drawn.Labels[i])];
        var expected = figures.GetProperty("mcNemar");
        var interval = ConfidenceInterval.OfProportion(right.Count(yes => yes), right.Length)!;

        var test = McNemar.Test(right, otherRight);

        Assert.Equal((expected.GetProperty("baselineOnly").GetInt32(), expected.GetProperty("runOnly").GetInt32()), (test.BaselineOnly, test.RunOnly));
        Assert.Equal(1, test.PValue / expected.Real("pValue"), Exact);
        Assert.Equal(figures.GetProperty("accuracyInterval")[0].GetDouble(), interval.Low, Exact);
        Assert.Equal(figures.GetProperty("accuracyInterval")[1].GetDouble(), interval.High, Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fits_OfDrawnSamples_EqualOutsideFigures(string name)
    {
        var (figures, drawn) = Draw(name);
        double[] log = [.. drawn.Scores.SelectMany(score => new[] { -Math.Log(1 + Math.Exp(-score)), -Math.Log(1 + Math.Exp(score)) })];

        var platt = PlattScaling.Fit(drawn.Scores, drawn.Labels)!;
        var temperature = TemperatureScaling.Fit(log, 2, [.. drawn.Labels.Select(positive => positive ? 0 : 1)])!;

        Assert.Equal(figures.GetProperty("platt").Real("slope"), platt.Slope, Fitted);
        Assert.Equal(figures.GetProperty("platt").Real("intercept"), platt.Intercept, Fitted);
        Assert.Equal(1, temperature.Temperature / figures.Real("temperature"), Fitted);
    }

    [Fact]
    public void TwentyLabels_Drawn_EqualOutsideFigures()
    {
        var figures = Figures.GetProperty("several");
        var (truth, log) = DrawSeveral(figures);
        double[] p = [.. log.Select(Math.Exp)];
        double[] odds = [.. log.Select((value, at) => value - Math.Log(1 - p[at]))];
        var labels = figures.GetProperty("labels").GetInt32();
        var confusion = ConfusionMatrix.Create(labels, truth, [.. p.Chunk(labels).Select(row => Array.IndexOf(row, row.Max()))]);
        var rankings = Enumerable.Range(0, labels).Select(label => RankedScores.Create(
            [.. odds.Where((_, at) => at % labels == label)],
            [.. truth.Select(y => y == label)])).ToList();
        var summary = MultiLabelSummary.Create(rankings);

        Assert.Equal(figures.Real("accuracy"), confusion.Accuracy!.Value, Exact);
        Assert.Equal(figures.Real("macroF1"), confusion.MacroF1!.Value, Exact);
        Assert.Equal(figures.Real("macroAveragePrecision"), summary.MacroAveragePrecision!.Value, Exact);
        Assert.Equal(figures.Real("weightedAveragePrecision"), summary.WeightedAveragePrecision!.Value, Exact);
        Assert.Equal(figures.Real("microAveragePrecision"), MultiLabelSummary.Micro(odds, labels, truth).AveragePrecision!.Value, Exact);
        Assert.Equal(figures.Real("logLoss"), LogLoss.Mean([.. truth.Select((y, i) => p[(i * labels) + y])])!.Value, Exact);
        Assert.Equal(figures.Real("brier"), BrierScore.SumOverLabels(p, labels, truth)!.Value, Exact);
        Assert.Equal(figures.Real("temperature"), TemperatureScaling.Fit(log, labels, truth)!.Temperature, Fitted);
        var batch = BatchCalibration.Apply(log, labels);
        Assert.Equal(figures.Real("batchLogLoss"), LogLoss.Mean([.. truth.Select((y, i) => Math.Exp(batch[(i * labels) + y]))])!.Value, Exact);
    }

    private static (JsonElement Figures, Drawn Drawn) Draw(string name)
    {
        var figures = Figures.GetProperty("binary").EnumerateArray().Single(drawn => drawn.GetProperty("name").GetString() == name);
        var (count, steps, one) = (figures.GetProperty("count").GetInt32(), figures.GetProperty("steps").GetInt32(), figures.GetProperty("onePositive").GetBoolean());
        var stream = new SharedStream(figures.GetProperty("seed").GetUInt64());
        var drawn = new Drawn(new double[count], new double[count], new bool[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            drawn.Labels[i] = one ? i == 17 : stream.Next() < figures.Real("share");
            var shift = drawn.Labels[i] ? 1.25 : 0.0;
            drawn.Scores[i] = InSteps((stream.Next() * 6) - 3 + shift);
            drawn.Others[i] = InSteps((stream.Next() * 6) - 3 + (0.75 * shift));
            drawn.Weights[i] = (int)Math.Floor(stream.Next() * 3);
        }

        return (figures, drawn);

        double InSteps(double score) => steps == 0 ? score : Math.Floor(score * steps) / steps;
    }

    private static (int[] Truth, double[] Log) DrawSeveral(JsonElement figures)
    {
        var (count, labels) = (figures.GetProperty("count").GetInt32(), figures.GetProperty("labels").GetInt32());
        var stream = new SharedStream(figures.GetProperty("seed").GetUInt64());
        var truth = new int[count];
        for (var i = 0; i < count; i++)
            truth[i] = (int)Math.Floor(stream.Next() * labels);
        var log = new double[count * labels];
        for (var at = 0; at < log.Length; at++)
            log[at] = (stream.Next() * 4) + (at % labels == truth[at / labels] ? 2.5 : 0);
        foreach (var start in Enumerable.Range(0, count).Select(i => i * labels))
        {
            var whole = Math.Log(log.Skip(start).Take(labels).Sum(Math.Exp));
            for (var at = start; at < start + labels; at++)
                log[at] -= whole;
        }

        return (truth, log);
    }

    private static JsonElement Load()
    {
        using var stream = typeof(DrawnFiguresTests).Assembly.GetManifestResourceStream("outside-figures.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private sealed record Drawn(double[] Scores, double[] Others, bool[] Labels, int[] Weights);
}

file static class Json
{
    public static double Real(this JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
