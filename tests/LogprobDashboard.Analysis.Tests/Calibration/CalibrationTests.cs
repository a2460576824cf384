using CsCheck;

using LogprobDashboard.Analysis.Calibration;

namespace LogprobDashboard.Analysis.Tests.Calibration;

public sealed class CalibrationTests
{
    private static readonly Gen<(double[] Probabilities, bool[] Outcomes)> AnySamples =
        from size in Gen.Int[0, 60]
        from probabilities in Gen.OneOf(Gen.Double[0, 1], Gen.OneOfConst(0, 0.25, 0.5, 1, double.Epsilon)).Array[size]
        from outcomes in Gen.Bool.Array[size]
        select (probabilities, outcomes);

    [Fact]
    public void LogLoss_ByHand()
    {
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.6)) / 2, LogLoss.Binary([0.8, 0.4], [true, false])!.Value, 1e-14);
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.6)) / 2, LogLoss.Mean([0.8, 0.6])!.Value, 1e-14);
        Assert.Equal(-Math.Log(1e-12), LogLoss.OfTrueLabel(0));
        Assert.Equal(-Math.Log(1 - 1e-12), LogLoss.OfTrueLabel(1));
        Assert.Null(LogLoss.Mean([]));
        Assert.Null(LogLoss.Binary([], []));
    }

    [Fact]
    public void BrierScore_ByHand()
    {
        Assert.Equal((0.04 + 0.16) / 2, BrierScore.Binary([0.8, 0.4], [true, false])!.Value, 1e-14);
        Assert.Equal((0.04 + 0.04 + 0.16 + 0.16) / 2, BrierScore.SumOverLabels([0.8, 0.2, 0.4, 0.6], 2, [0, 1])!.Value, 1e-14);
        Assert.Equal(0.25 + 0.09 + 0.64, BrierScore.SumOverLabels([0.5, 0.3, 0.2], 3, [2])!.Value, 1e-14);
        Assert.Null(BrierScore.Binary([], []));
        Assert.Null(BrierScore.SumOverLabels([], 3, []));
    }

    [Fact]
    public void EqualMass_SizesOfBins_AreThoseOfAnArraySplit()
    {
        double[] probabilities = [.. Enumerable.Range(0, 34).Select(place => place / 40.0)];

        Assert.Equal([3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], ReliabilityDiagram.EqualMass(probabilities, new bool[34]).Bins.Select(bin => bin.Count));
        Assert.Equal([1, 1, 1], ReliabilityDiagram.EqualMass([0.1, 0.2, 0.3], new bool[3]).Bins.Select(bin => bin.Count));
    }

    [Fact]
    public void EqualMass_TieOverTwoBins_EachSampleTakesTheGroupsMean()
    {
        var diagram = ReliabilityDiagram.EqualMass([0.5, 0.5, 0.5, 0.1], [true, false, false, false], binCount: 2);

        Assert.Equal(new CalibrationBin(2, 0.3, 1 / 6.0, 0.1, 0.5), diagram.Bins[0]);
        Assert.Equal(new CalibrationBin(2, 0.5, 1 / 3.0, 0.5, 0.5), diagram.Bins[1]);
        Assert.Equal((0.3 - (1 / 6.0) + 0.5 - (1 / 3.0)) / 2, diagram.ExpectedCalibrationError!.Value, 1e-14);
        Assert.Equal(0.5 - (1 / 3.0), diagram.MaximumCalibrationError!.Value, 1e-14);
    }

    [Fact]
    public void EqualWidth_EmptyBins_AreLeftOut()
    {
        var diagram = ReliabilityDiagram.EqualWidth([0.05, 0.95, 1, 0.9], [false, true, true, false], binCount: 10);

        Assert.Equal([1, 3], diagram.Bins.Select(bin => bin.Count));
        Assert.Equal(2 / 3.0, diagram.Bins[1].ObservedRate);
        Assert.Equal((0.9, 1), (diagram.Bins[1].LowestProbability, diagram.Bins[1].HighestProbability));
    }

    [Fact]
    public void Diagram_Nothing_IsNotDefined()
    {
        var diagram = ReliabilityDiagram.EqualMass([], []);

        Assert.Empty(diagram.Bins);
        Assert.Equal((null, null), (diagram.ExpectedCalibrationError, diagram.MaximumCalibrationError));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Everything_NoProbability_Throws(double probability)
    {
        Assert.Throws<ArgumentException>(() => LogLoss.Binary([probability], [true]));
        Assert.Throws<ArgumentException>(() => BrierScore.Binary([probability], [true]));
        Assert.Throws<ArgumentException>(() => BrierScore.SumOverLabels([probability, 0], 2, [0]));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.EqualMass([probability], [true]));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.EqualWidth([probability], [true]));
    }

    [Fact]
    public void Everything_NumbersThatDoNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => LogLoss.Binary([0.5], []));
        Assert.Throws<ArgumentException>(() => BrierScore.Binary([0.5], []));
        Assert.Throws<ArgumentException>(() => BrierScore.SumOverLabels([0.5], 2, [0]));
        Assert.Throws<ArgumentException>(() => BrierScore.SumOverLabels([0.5, 0.5], 2, [2]));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.EqualMass([0.5], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReliabilityDiagram.EqualMass([0.5], [true], 0));
    }

    [Fact]
    public void Diagrams_AnySamples_CountAllInRangeWhateverTheOrder() =>
        (from samples in AnySamples
         from order in Gen.Shuffle(Enumerable.Range(0, samples.Probabilities.Length).ToArray())
         from binCount in Gen.Int[1, 20]
         select (samples, order, binCount)).Sample(
            drawn =>
            {
                var ((probabilities, outcomes), order, binCount) = drawn;
                var diagrams = new[] { ReliabilityDiagram.EqualMass(probabilities, outcomes, binCount), ReliabilityDiagram.EqualWidth(probabilities, outcomes, binCount) };
                Assert.All(diagrams, diagram =>
                {
                    Assert.Equal(probabilities.Length, diagram.Bins.Sum(bin => bin.Count));
                    Assert.All(diagram.Bins, bin => Assert.True(bin is { Count: > 0, MeanProbability: >= 0 and <= 1, ObservedRate: >= 0 and <= 1 } && bin.LowestProbability <= bin.HighestProbability));
                    Assert.True(diagram.ExpectedCalibrationError <= diagram.MaximumCalibrationError + 1e-12 || probabilities.Length == 0);
                    Assert.True(diagram.MaximumCalibrationError is null or (>= 0 and <= 1));
                });
                var permuted = ReliabilityDiagram.EqualMass([.. order.Select(place => probabilities[place])], [.. order.Select(place => outcomes[place])], binCount);
                Assert.Equal(diagrams[0].Bins, permuted.Bins);
                Assert.True(LogLoss.Binary(probabilities, outcomes) is null or (>= 0 and < 27.64));
                Assert.True(BrierScore.Binary(probabilities, outcomes) is null or (>= 0 and <= 1));
            },
            iter: 1_000);
}
