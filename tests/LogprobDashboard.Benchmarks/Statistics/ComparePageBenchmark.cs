using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.Benchmarks.Runs;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Workbench.Compare;
using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Benchmarks.Statistics;

/// <summary>
/// What the server does for a compare page of eight runs of 100,000 samples: cold, right after a start, with nothing of the runs in memory, under 1 s; for a threshold that was moved,
/// and for one that is being dragged, under 50 ms. A small experiment warms the code up before.
/// </summary>
internal static class ComparePageBenchmark
{
    private const int Runs = 8;
    private const int Rounds = 9;
    private const double MostColdSeconds = 1;
    private const double MostMoveSeconds = 0.05;

    public static async Task<int> RunAsync(string[] args)
    {
        var samples = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 100_000;
        using var directory = new TemporaryDirectory();
        var (small, large) = await FillAsync(directory.Path, samples);
        List<double> cold = [], move = [], drag = [];
        var kinds = Enum.GetValues<CompareChart>().ToDictionary(chart => chart, _ => new List<double>());
        for (var round = 0; round < 3; round++)
        {
            using var product = new CircuitsProduct(directory.Path);
            var screens = product.Services.GetRequiredService<CompareScreens>();
            for (var warm = 0; warm < 5; warm++)
                await LoadAsync(screens, small, CompareState.Default.WithThreshold(warm), null);
            GC.Collect();
            CompareScreen? screen = null;
            cold.Add(await TimeAsync(async () => screen = await LoadAsync(screens, large, CompareState.Default, null)));
            for (var step = 0; step < Rounds; step++)
                move.Add(await TimeAsync(async () => screen = await LoadAsync(screens, large, CompareState.Default.WithThreshold(step * 0.1), screen)));
            for (var step = 0; step < Rounds; step++)
                drag.Add(await TimeAsync(() => DragAsync(product.Services, screen!, step * 0.1)));
            foreach (var (chart, times) in kinds)
            {
                for (var step = 0; step < 4; step++)
                    times.Add(await TimeAsync(async () => screen = await LoadAsync(screens, large, CompareState.Default.WithThreshold(step * 0.1) with { Chart = chart }, screen)));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Runs} runs of {samples:N0} samples on {Machine.Describe()}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cold: {string.Join(", ", cold.Select(seconds => $"{1e3 * seconds:F0} ms"))} (at most {1e3 * MostColdSeconds:F0})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"threshold moved: median {1e3 * Median(move):F1} ms, worst {1e3 * move.Max():F1} (at most {1e3 * MostMoveSeconds:F0})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"while it is dragged: median {1e3 * Median(drag):F1} ms, worst {1e3 * drag.Max():F1}"));
        foreach (var (chart, times) in kinds)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chart}: first {1e3 * times.Where((_, place) => place % 4 == 0).Max():F0} ms, then with a threshold moved {1e3 * Median([.. times.Where((_, place) => place % 4 > 0)]):F1} ms"));
        return Median(cold) <= MostColdSeconds && Median(move) <= MostMoveSeconds ? 0 : 1;
    }

    private static async Task<(string Small, string Large)> FillAsync(string directory, int samples)
    {
        using var product = new CircuitsProduct(directory);
        return (await product.FillAsync(5_000, 2), await product.FillAsync(samples, Runs));
    }

    private static Task<CompareScreen> LoadAsync(CompareScreens screens, string experiment, CompareState state, CompareScreen? before) =>
        screens.LoadAsync(experiment, state, before, CancellationToken.None);

    private static async Task DragAsync(IServiceProvider services, CompareScreen screen, double threshold)
    {
        var thresholds = screen.View.Runs.ToDictionary(run => run.RunId, _ => threshold);
        await services.GetRequiredService<CompareQueries>().PointsAsync(screen.View, thresholds, CancellationToken.None);
        await services.GetRequiredService<ChangesQueries>().OfAsync(screen.View, CompareParts.ListedChanges, thresholds, CancellationToken.None);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
