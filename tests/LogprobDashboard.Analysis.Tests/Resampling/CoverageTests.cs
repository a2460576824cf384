using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.Tests.Resampling;

/// <summary>A seeded simulation: the interval of average precision holds the true one about 95 times in 100.</summary>
public sealed class CoverageTests
{
    private const int Samples = 1000;
    private const double Positives = 0.15;
    private const int Trials = 1000;
    private const int Resamples = 200;

    public static TheoryData<int> Models { get; } = [.. Enumerable.Range(0, 5)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Interval_OfAveragePrecision_CoversTheTrueOne(int model)
    {
        var generator = new SeededGenerator(1000 + model);
        var truth = Draw(generator, model, 1_000_000) is var (scores, labels) ? RankedScores.Create(scores, labels).AveragePrecision!.Value : 0;
        var groups = SampleGroups.Singles(Samples);
        var covered = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var (drawn, positive) = Draw(generator, model, Samples);
            var ranking = WeightedRanking.Create(drawn, positive, groups);
            var resampled = GroupBootstrap.Measure(groups, Resamples, trial, 1, (weights, figures) => (figures[0] = ranking.Measure(weights)?.AveragePrecision) is not null);
            var interval = ConfidenceInterval.OfLogit(RankedScores.Create(drawn, positive).AveragePrecision, resampled[0], Samples)!;
            covered += interval.Low <= truth && truth <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / (double)Trials, 0.935, 0.965);
    }

    /// <summary>Positives are 15 %; their scores are normal, further or less far away, wider, heavy-tailed, rounded to ties, or a mixture.</summary>
    private static (double[] Scores, bool[] Labels) Draw(SeededGenerator generator, int model, int count)
    {
        var (scores, labels) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            var positive = labels[i] = generator.NextDouble() < Positives;
            var normal = Math.Sqrt(-2 * Math.Log(1 - generator.NextDouble())) * Math.Cos(2 * Math.PI * generator.NextDouble());
            scores[i] = model switch
            {
                0 => normal + (positive ? 1 : 0),
                1 => normal + (positive ? 2 : 0),
                2 => (normal * (positive ? 2 : 1)) + (positive ? 1.5 : 0),
                3 => Math.Round((normal + (positive ? 1.5 : 0)) * 2) / 2,
                _ => normal + (positive && generator.NextDouble() < 0.7 ? 2.5 : 0),
            };
        }

        return (scores, labels);
    }
}
