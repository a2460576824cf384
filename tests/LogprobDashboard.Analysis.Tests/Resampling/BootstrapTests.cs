using CsCheck;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Analysis.Tests.Ranking;

namespace LogprobDashboard.Analysis.Tests.Resampling;

public sealed class BootstrapTests
{
    [Fact]
    public void WeightedRanking_AnyWeights_IsTheRankingOfRepeatedSamples() =>
        (from ranking in RankingCase.Any
         from weights in Gen.Int[0, 3].Array[ranking.Scores.Length + ranking.UnscorablePositives + ranking.UnscorableNegatives]
         select (ranking, weights)).Sample(drawn =>
         {
             var (ranking, weights) = drawn;
             double[] scores = [.. ranking.Scores, .. Enumerable.Repeat(double.NegativeInfinity, ranking.UnscorablePositives + ranking.UnscorableNegatives)];
             bool[] positive = [.. ranking.IsPositive, .. Enumerable.Repeat(true, ranking.UnscorablePositives), .. Enumerable.Repeat(false, ranking.UnscorableNegatives)];
             var repeated = Enumerable.Range(0, ranking.Scores.Length).SelectMany(i => Enumerable.Repeat(i, weights[i])).ToList();
             var expected = RankedScores.Create(
                 [.. repeated.Select(i => scores[i])],
                 [.. repeated.Select(i => positive[i])],
                 weights.Skip(ranking.Scores.Length).Take(ranking.UnscorablePositives).Sum(),
                 weights.Skip(ranking.Scores.Length + ranking.UnscorablePositives).Sum());

             var measured = WeightedRanking.Create(scores, positive, SampleGroups.Singles(scores.Length)).Measure(weights);

             Assert.Equal(expected.AveragePrecision is null, measured is null);
             if (measured is not { } figures)
                 return;
             Assert.Equal(expected.AveragePrecision!.Value, figures.AveragePrecision, 1e-12);
             Assert.Equal(expected.RocAuc!.Value, figures.RocAuc, 1e-12);
         });

    [Fact]
    public void Resample_OfASeed_IsTheSameOnAnyNumberOfThreads()
    {
        var groups = SampleGroups.Singles(50);
        var drawn = Draw(groups, 40, seed: 7);

        Assert.Equal(drawn, Draw(groups, 40, seed: 7));
        Assert.NotEqual(drawn, Draw(groups, 40, seed: 8));
        Assert.Equal(drawn.Take(10), Draw(groups, 10, seed: 7)); // a larger number of resamples begins with the smaller
        Assert.Equal(40, drawn.Distinct().Count());
    }

    [Fact]
    public void Resample_Weights_SumToTheNumberOfGroupsAndAreSpreadEvenly()
    {
        const int Groups = 20, Resamples = 4000;
        var groups = SampleGroups.Singles(Groups);
        var totals = new long[Groups];
        var squares = new long[Groups];
        GroupBootstrap.Measure(groups, Resamples, 1, 1, (weights, _) =>
        {
            Assert.Equal(Groups, weights.ToArray().Sum());
            for (var group = 0; group < Groups; group++)
            {
                Interlocked.Add(ref totals[group], weights[group]);
                Interlocked.Add(ref squares[group], weights[group] * weights[group]);
            }

            return true;
        });

        // Binomial with mean 1 and variance 1 - 1/20; five standard errors of the mean.
        Assert.All(totals, total => Assert.InRange(total / (double)Resamples, 1 - (5 * Math.Sqrt(0.95 / Resamples)), 1 + (5 * Math.Sqrt(0.95 / Resamples))));
        Assert.InRange(squares.Sum() / (double)Resamples / Groups - 1, 0.9, 1.0);
    }

    [Fact]
    public void Resample_WithoutAClass_IsDrawnAnew()
    {
        var ranking = WeightedRanking.Create([1, 2, 3], [true, false, false], SampleGroups.Singles(3));
        var measured = GroupBootstrap.Measure(SampleGroups.Singles(3), 200, 3, 1, (weights, figures) =>
        {
            figures[0] = ranking.Measure(weights)?.AveragePrecision;
            return figures[0] is not null;
        });

        Assert.DoesNotContain(null, measured[0]); // a third of all draws lacks the positive or the negatives
    }

    [Fact]
    public void Groups_OfEqualKeys_AreDrawnTogether()
    {
        var groups = SampleGroups.ByKey(["a", "b", "a", "c", "b"]);

        Assert.Equal((3, 5), (groups.Count, groups.Samples));
        Assert.Equal([0, 1, 0, 2, 1], groups.GroupOf.ToArray());
        var twice = WeightedRanking.Create([5, 4, 3, 2, 1], [true, false, true, false, false], groups).Measure([2, 1, 0]);
        Assert.Equal(RankedScores.Create([5, 5, 4, 3, 3, 1], [true, true, false, true, true, false]).AveragePrecision!.Value, twice!.Value.AveragePrecision, 1e-12);
    }

    [Fact]
    public void Groups_OfSomeSamples_KeepTheirNumbers()
    {
        var some = SampleGroups.ByKey(["a", "b", "a", "c", "b"]).Of([4, 0, 2]);
        Assert.Equal((3, 3), (some.Count, some.Samples));
        Assert.Equal([1, 0, 0], some.GroupOf.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => some.Of([3]));
    }

    [Fact]
    public void Intervals_ByHand_AreWhatTheDefinitionSays()
    {
        // logit(0.5) = 0; resamples at logit ±1: sd 1.
        var sigmoid = 1 / (1 + Math.Exp(-1));
        var interval = ConfidenceInterval.OfLogit(0.5, [sigmoid, 1 - sigmoid], 100)!;
        Assert.Equal(1 / (1 + Math.Exp(1.96)), interval.Low, 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-1.96)), interval.High, 1e-12);

        // A value of 1 with n = 10 reads as 0.95, and so do the resamples: no spread.
        Assert.Equal(new(0.95, 0.95), ConfidenceInterval.OfLogit(1, [1.0, 1.0], 10) is { } clipped ? new ConfidenceInterval(Math.Round(clipped.Low, 12), Math.Round(clipped.High, 12)) : null);
        Assert.Null(ConfidenceInterval.OfLogit(null, [0.5, 0.5], 10));
        Assert.Equal(new(2.5, 97.5), ConfidenceInterval.OfPercentiles(Enumerable.Range(0, 101).Select(i => (double?)i)));
        Assert.Null(ConfidenceInterval.OfPercentiles([1, null]));
        Assert.Null(ConfidenceInterval.OfProportion(0, 0));
        Assert.Equal((0, 1), (ConfidenceInterval.OfProportion(0, 9)!.Low, ConfidenceInterval.OfProportion(9, 9)!.High));
    }

    private static string[] Draw(SampleGroups groups, int resamples, long seed)
    {
        var next = GroupBootstrap.Measure(groups, resamples, seed, 1, (weights, figures) =>
        {
            var hash = 0.0;
            for (var group = 0; group < weights.Length; group++)
                hash += weights[group] * Math.Sqrt(group + 2);
            figures[0] = hash;
            return true;
        });
        return [.. next[0].Select(hash => hash!.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
    }
}
