using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Benchmarks.Runs;

namespace LogprobDashboard.Benchmarks.Statistics;

/// <summary>
/// A precision-recall curve with its average precision over a million scores, against scikit-learn's <c>precision_recall_curve</c> and <c>average_precision_score</c> of the same numbers
/// on the same machine, in turn. The goal: at most a third of the time that the curve alone takes there.
/// </summary>
internal static class CurvesBenchmark
{
    private const int Samples = 1_000_000;
    private const int Rounds = 9;

    private const string Script = """
        import sys, time
        import numpy as np
        from sklearn.metrics import average_precision_score, precision_recall_curve
        scores, truth = np.fromfile(sys.argv[1]), np.fromfile(sys.argv[2], dtype=np.uint8)
        curve, both = [], []
        for _ in range(int(sys.argv[3])):
            start = time.perf_counter()
            precision_recall_curve(truth, scores)
            curve.append(time.perf_counter() - start)
            value = average_precision_score(truth, scores)
            both.append(time.perf_counter() - start)
        print(f"{np.median(curve):.9f} {np.median(both):.9f} {value:.17g}")
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var python = args is [var given] ? given : "python3";
        var (scores, isPositive) = Draw();
        var (seconds, value) = Measure(scores, isPositive);
        var folder = Directory.CreateTempSubdirectory("logprob-dashboard-benchmark-").FullName;
        try
        {
            var outside = await OutsideAsync(python, folder, scores, isPositive);
            Console.WriteLine(Line($"{Samples:N0} scores, {isPositive.Count(positive => positive):N0} positives, median of {Rounds} on {Machine.Describe()}"));
            Console.WriteLine(Line($"product: curve with average precision {1e3 * seconds:F1} ms, {value:R}"));
            Console.WriteLine(Line($"scikit-learn: curve {1e3 * outside.Curve:F1} ms, with average precision {1e3 * outside.Both:F1} ms, {outside.Value:R}"));
            Console.WriteLine(Line($"product / scikit-learn's curve: {seconds / outside.Curve:F3} (at most 0.333); the same value to {Math.Abs(value - outside.Value):E1}"));
            return seconds <= outside.Curve / 3 && Math.Abs(value - outside.Value) < 1e-9 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double[] Scores, bool[] IsPositive) Draw()
    {
        var random = new Random(5);
        var (scores, isPositive) = (new double[Samples], new bool[Samples]);
        for (var sample = 0; sample < Samples; sample++)
        {
            isPositive[sample] = random.NextDouble() < 0.15;
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            scores[sample] = (isPositive[sample] ? 1.5 : 0) + normal;
        }

        return (scores, isPositive);
    }

    private static (double Seconds, double AveragePrecision) Measure(double[] scores, bool[] isPositive)
    {
        var (seconds, value) = (new List<double>(), 0.0);
        for (var round = 0; round < Rounds + 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var ranked = RankedScores.Create(scores, isPositive);
            var points = ranked.PrecisionRecallCurve();
            value = ranked.AveragePrecision!.Value;
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            GC.KeepAlive(points);
        }

        return (Median(seconds.Skip(2)), value); // the first two warm up
    }

    private static async Task<(double Curve, double Both, double Value)> OutsideAsync(string python, string folder, double[] scores, bool[] isPositive)
    {
        var (scoresFile, truthFile) = (Path.Combine(folder, "scores"), Path.Combine(folder, "truth"));
        var bytes = new byte[scores.Length * sizeof(double)];
        Buffer.BlockCopy(scores, 0, bytes, 0, bytes.Length);
        await File.WriteAllBytesAsync(scoresFile, bytes);
        await File.WriteAllBytesAsync(truthFile, [.. isPositive.Select(positive => positive ? (byte)1 : (byte)0)]);
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Script, scoresFile, truthFile, Rounds.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{python} has no scikit-learn. Name one that has: curves /usr/bin/python3");
        var numbers = output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
