using CsCheck;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Calibration;

public sealed class FitTests
{
    private static readonly Gen<(double[] Scores, bool[] Labels)> Any =
        from size in Gen.Int[4, 60]
        from scores in Gen.Double[-8, 8].Array[size]
        from labels in Gen.Bool.Array[size]
        select (scores, (bool[])[true, true, false, false, .. labels[4..]]);

    [Fact]
    public void BrierParts_AnyBins_AddUpAndHideWhatTheFormulaSays() => Any.Sample(drawn =>
    {
        double[] p = [.. drawn.Scores.Select(score => 1 / (1 + Math.Exp(-score)))];
        var score = BrierScore.Binary(p, drawn.Labels);
        foreach (var bins in new[] { 1, 3, 15 })
        {
            var diagram = ReliabilityDiagram.EqualWidth(p, drawn.Labels, bins);
            var parts = BrierParts.Of(diagram, score)!;
            var within = p.Select((value, i) => (value, Outcome: drawn.Labels[i] ? 1.0 : 0.0, Bin: diagram.Bins.Single(bin => value >= bin.LowestProbability && value <= bin.HighestProbability)))
                .Average(sample => Math.Pow(sample.value - sample.Bin.MeanProbability, 2) - (2 * (sample.Outcome - sample.Bin.ObservedRate) * (sample.value - sample.Bin.MeanProbability)));
            Assert.Equal(score!.Value, parts.Score, 1e-12);
            Assert.Equal(within, parts.WithinBins, 1e-12);
        }
    });

    [Fact]
    public void Platt_AnyScores_IsAStationaryPointOfTheLikelihood() => Any.Sample(drawn =>
    {
        var fit = PlattScaling.Fit(drawn.Scores, drawn.Labels)!;
        double positives = drawn.Labels.Count(yes => yes), negatives = drawn.Labels.Length - positives;
        var errors = drawn.Scores.Select((score, i) => fit.Probability(score) - (drawn.Labels[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2))).ToList();
        Assert.Equal(0, errors.Sum(), 1e-5);
        Assert.Equal(0, errors.Zip(drawn.Scores, (error, score) => error * score).Sum(), 1e-5);
    });

    [Fact]
    public void Platt_OneClass_IsNotDefined()
    {
        Assert.Null(PlattScaling.Fit([1, 2], [true, true]));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([double.NaN, 1], [true, false]));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Temperature_OfScaledLogProbabilities_IsScaledAlike(double factor)
    {
        double[] log = [.. new[] { 0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.3, 0.7, 0.95, 0.05, 0.4, 0.6 }.Select(p => Math.Log(p))];
        int[] truth = [0, 0, 1, 1, 0, 0];
        var plain = TemperatureScaling.Fit(log, 2, truth)!.Temperature;

        Assert.Equal(plain * factor, TemperatureScaling.Fit([.. log.Select(value => value * factor)], 2, truth)!.Temperature, 1e-6);
        Assert.Null(TemperatureScaling.Fit([], 2, []));
    }

    [Fact]
    public void Temperature_EveryAnswerRight_ReachesTheEndOfItsRange() =>
        Assert.Equal(1e-3, TemperatureScaling.Fit([-0.1, -2.4], 2, [0])!.Temperature, 1e-9);

    [Fact]
    public void Temperature_Applied_SumsToOneAndKeepsTheOrder()
    {
        var scaled = new double[3];
        new TemperatureScaling(2).Apply([Math.Log(0.64), Math.Log(0.32), Math.Log(0.04)], 3, scaled);

        // Square roots 0.8, 0.566, 0.2 over their sum.
        var sum = 0.8 + Math.Sqrt(0.32) + 0.2;
        Assert.Equal([0.8 / sum, Math.Sqrt(0.32) / sum, 0.2 / sum], scaled.Select(Math.Exp), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Batch_OfALeaningPrompt_TakesTheLeaningOut()
    {
        // Every sample leans to the first label by ln 3.
        double[] log = [Math.Log(0.75), Math.Log(0.25), Math.Log(0.9), Math.Log(0.1), Math.Log(0.5), Math.Log(0.5)];
        var calibrated = BatchCalibration.Apply(log, 2);

        Assert.Equal(0.5, Math.Exp(calibrated[0]), 1e-12);
        Assert.Equal(0.75, Math.Exp(calibrated[2]), 1e-12);
        Assert.Equal(0.25, Math.Exp(calibrated[4]), 1e-12);
    }

    [Fact]
    public void CrossFitted_NoSample_IsSeenByItsOwnFit()
    {
        var generator = new SeededGenerator(1);
        double[] scores = [.. Enumerable.Range(0, 100).Select(_ => (generator.NextDouble() * 6) - 3)];
        bool[] labels = [.. scores.Select(score => generator.NextDouble() < 1 / (1 + Math.Exp(-score)))];
        var before = CrossFitting.Platt(scores, labels, 3)!;
        var turned = (bool[])labels.Clone();
        var positives = Enumerable.Range(0, 100).Where(i => labels[i]).ToList();
        var (gains, loses) = (Enumerable.Range(0, 100).First(i => !labels[i]), positives[0]);
        var foldOf = StratifiedFolds.Create([.. labels.Select(yes => yes ? 1 : 0)], CrossFitting.Folds, 3);

        // Each sample's probability is that of a fit on the other four folds.
        foreach (var sample in new[] { gains, loses, 50, 99 })
        {
            var others = Enumerable.Range(0, 100).Where(i => foldOf[i] != foldOf[sample]).ToList();
            Assert.Equal(PlattScaling.Fit([.. others.Select(i => scores[i])], [.. others.Select(i => labels[i])])!.Probability(scores[sample]), before[sample], 1e-12);
        }
    }

    [Fact]
    public void Folds_AnyLabels_AreEvenInSizeAndByLabel() =>
        Gen.Select(Gen.Int[0, 4].Array[0, 60], Gen.Int[2, 6], Gen.Long).Sample((labels, folds, seed) =>
        {
            var foldOf = StratifiedFolds.Create(labels, folds, seed);
            AssertEven(Enumerable.Range(0, folds).Select(fold => foldOf.Count(value => value == fold)));
            foreach (var label in labels.Distinct())
                AssertEven(Enumerable.Range(0, folds).Select(fold => foldOf.Where((value, i) => value == fold && labels[i] == label).Count()));
        });

    [Fact]
    public void Holdout_AnyLabels_KeepsBothPartsOfEveryLabel() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 60], Gen.Double[0.01, 0.99], Gen.Long).Sample((labels, share, seed) =>
        {
            var held = StratifiedFolds.Holdout(labels, share, seed);
            foreach (var label in labels.GroupBy(label => label).Where(group => group.Count() > 1))
            {
                var count = held.Where((value, i) => value && labels[i] == label.Key).Count();
                Assert.InRange(count, 1, label.Count() - 1);
                Assert.InRange(count, (share * label.Count()) - 1, (share * label.Count()) + 1);
            }
        });

    [Fact]
    public void Conformal_ByHand_TakesTheKthSmallest()
    {
        // n = 9, a = 0.1: k = ceil(10 * 0.9) = 9, the largest of the nine.
        double[] p = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
        Assert.Equal(0.9, ConformalSets.Calibrate(p, 0.1).Threshold!.Value, 1e-12);
        Assert.Equal(0.4, ConformalSets.Calibrate(p, 0.6).Threshold!.Value, 1e-12); // k = 4
        var all = ConformalSets.Calibrate(p, 0.05); // k = 10 is above n
        Assert.Null(all.Threshold);
        Assert.Equal(new(2, 2, [0, 0, 2]), all.Judge([0.5, 0.5, 1, 0], 2, [0, 1]) is { } judged ? judged with { Sizes = [0, 0, judged.Sizes[2]] } : null, (a, b) => a!.Covered == b!.Covered && a.Sizes.SequenceEqual(b.Sizes));
    }

    [Fact]
    public void Conformal_OnFreshSamples_MissesAboutTheErrorRate()
    {
        var generator = new SeededGenerator(11);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Math.Pow(generator.NextDouble(), 0.3))];
        var missed = 0.0;
        const int Rounds = 400;
        for (var round = 0; round < Rounds; round++)
        {
            var sets = ConformalSets.Calibrate(Draw(99), 0.1);
            missed += Draw(100).Count(p => !sets.Holds(p)) / 100.0 / Rounds;
        }

        Assert.InRange(missed, 0.09, 0.11);
    }

    private static void AssertEven(IEnumerable<int> counts)
    {
        var all = counts.ToList();
        Assert.InRange(all.Max() - all.Min(), 0, 1);
    }
}
