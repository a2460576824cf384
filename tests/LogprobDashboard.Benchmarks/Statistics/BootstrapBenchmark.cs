using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.Analysis.Comparison;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Benchmarks.Runs;

namespace LogprobDashboard.Benchmarks.Statistics;

/// <summary>A thousand paired resamples of average precision for two runs of 10,000 samples, sorting included: at most 0.25 s.</summary>
internal static class BootstrapBenchmark
{
    private const int Samples = 10_000;
    private const int Rounds = 9;
    private const double MostSeconds = 0.25;

    public static int Run(string[] args)
    {
        var resamples = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : GroupBootstrap.DefaultResamples;
        var random = new Random(11);
        var isPositive = Enumerable.Range(0, Samples).Select(_ => random.NextDouble() < 0.15).ToArray();
        double[][] runs = [Draw(1.2), Draw(1.4)];
        var seconds = new List<double>();
        PairedDifference? difference = null;
        for (var round = 0; round < Rounds + 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            difference = Difference(runs, isPositive, resamples);
            if (round > 1)
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var median = seconds.Order().ElementAt(Rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{resamples:N0} paired resamples of {Samples:N0} samples on {Machine.Describe()}: median {1e3 * median:F0} ms of {Rounds} (at most {1e3 * MostSeconds:F0}); difference {difference!.Difference:F4} ({difference.Low:F4} to {difference.High:F4})"));
        return median <= MostSeconds ? 0 : 1;

        double[] Draw(double shift) => [.. isPositive.Select(positive => (positive ? shift : 0) + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    private static PairedDifference? Difference(double[][] runs, bool[] isPositive, int resamples)
    {
        var groups = SampleGroups.Singles(Samples);
        var rankings = runs.Select(scores => WeightedRanking.Create(scores, isPositive, groups)).ToArray();
        var drawn = GroupBootstrap.Measure(groups, resamples, 0, 2, (weights, figures) =>
        {
            figures[0] = rankings[0].Measure(weights)?.AveragePrecision;
            figures[1] = rankings[1].Measure(weights)?.AveragePrecision;
            return figures[0] is not null;
        });
        var ones = Enumerable.Repeat(1, Samples).ToArray();
        return PairedDifference.Of(rankings[0].Measure(ones)?.AveragePrecision, rankings[1].Measure(ones)?.AveragePrecision, drawn[0], drawn[1]);
    }
}
