using CsCheck;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Calibration;

public sealed class WeightedReliabilityTests
{
    private static readonly Gen<(double[] Probabilities, bool[] Outcomes)> Cases =
        from size in Gen.Int[0, 60]
        from probabilities in Gen.Int[0, 12].Select(tenth => tenth / 12.0).Array[size]
        from outcomes in Gen.Bool.Array[size]
        select (probabilities, outcomes);

    [Fact]
    public void Rates_WhereEveryWeightIsOne_AreTheDiagrams() => Cases.Sample(drawn =>
    {
        foreach (var diagram in new[] { ReliabilityDiagram.EqualMass(drawn.Probabilities, drawn.Outcomes), ReliabilityDiagram.EqualWidth(drawn.Probabilities, drawn.Outcomes) })
        {
            var rates = new double?[diagram.Bins.Count];
            WeightedReliability.Create(drawn.Probabilities, drawn.Outcomes, SampleGroups.Singles(drawn.Probabilities.Length), diagram).Measure([.. drawn.Probabilities.Select(_ => 1)], rates);
            Assert.All(diagram.Bins.Zip(rates), bin => Assert.Equal(bin.First.ObservedRate, bin.Second!.Value, 1e-12));
        }
    });

    [Fact]
    public void Rates_OfWeights_ByHand_ShareATieOutOverItsBins()
    {
        // Two bins of two and two samples; the tie at 0.5 lies in both, one of its two in each.
        double[] probabilities = [0.1, 0.5, 0.5, 0.9];
        bool[] outcomes = [false, true, false, true];
        var diagram = ReliabilityDiagram.EqualMass(probabilities, outcomes, 2);
        var weighted = WeightedReliability.Create(probabilities, outcomes, SampleGroups.Singles(4), diagram);
        var rates = new double?[2];
        weighted.Measure([1, 3, 1, 2], rates);
        Assert.Equal(1.5 / (1 + 2), rates[0]!.Value, 1e-12);
        Assert.Equal((1.5 + 2) / (2 + 2), rates[1]!.Value, 1e-12);
        weighted.Measure([0, 0, 0, 2], rates);
        Assert.Equal([null, 1], rates);
    }

    /// <summary>A weight is how often a sample is there.</summary>
    [Fact]
    public void Error_OfWeights_IsThatOfEachSampleSoManyTimes() =>
        Cases.Where(drawn => drawn.Probabilities.Length > 0).SelectMany(drawn => Gen.Int[0, 4].Array[drawn.Probabilities.Length].Select(weights => (drawn.Probabilities, drawn.Outcomes, weights))).Sample(drawn =>
        {
            var (probabilities, outcomes, weights) = drawn;
            var often = Enumerable.Range(0, weights.Length).SelectMany(sample => Enumerable.Repeat(sample, weights[sample])).ToList();
            var weighted = WeightedReliability.Create(probabilities, outcomes, SampleGroups.Singles(weights.Length), ReliabilityDiagram.EqualMass(probabilities, outcomes));
            foreach (var bins in new[] { 1, 4, 15 })
            {
                var expected = ReliabilityDiagram.EqualMass([.. often.Select(sample => probabilities[sample])], [.. often.Select(sample => outcomes[sample])], bins).ExpectedCalibrationError;
                var error = weighted.ExpectedCalibrationError(weights, bins);
                Assert.Equal(expected is null, error is null);
                Assert.Equal(expected ?? 0, error ?? 0, 1e-12);
            }
        });

    [Fact]
    public void Diagram_OfOtherSamples_IsRefused() =>
        Assert.Throws<ArgumentException>(() => WeightedReliability.Create([0.5], [true], SampleGroups.Singles(1), ReliabilityDiagram.EqualMass([0.5, 0.6], [true, false])));
}
