using System.Globalization;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>How fast a run goes, and what it takes: the product, the server that it asks, and what it is held against are processes of their own.</summary>
internal static class RunsBenchmark
{
    /// <summary>With a server that answers at once: samples stored in a second, against a loop that asks the same and stores nothing.</summary>
    public static async Task<int> ThroughputAsync(string[] args)
    {
        var (samples, concurrency, rounds) = (Options.Number(args, "--samples", 20_000), Options.Number(args, "--concurrency", 64), Options.Number(args, "--rounds", 3));
        Console.WriteLine(Machine.Describe());
        Say($"{samples:N0} samples, {concurrency} at once, a server that answers at once; {rounds} rounds, the loop and the product by turns");
        var ratios = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            await using var server = ChildProcess.Start("serve-instant");
            var url = await server.ReadAsync("listening ");
            var (bare, bareCost) = await BareAsync(url, samples, concurrency);
            await using var product = await Product.StartAsync(url, samples, concurrency);
            await product.WhenAsync(await product.StartRunAsync(limit: 2000, useCache: false)); // warm
            var before = product.ProcessorTime;
            var run = await product.WhenAsync(await product.StartRunAsync(useCache: false));
            var cost = (product.ProcessorTime - before).TotalMicroseconds / samples;
            var rate = samples / Product.Seconds(run);
            ratios.Add(rate / bare);
            Say($"round {round}: product {rate:N0} samples/s ({cost:F0} us of processor time each), bare loop {bare:N0} samples/s ({bareCost:F0} us each), ratio {rate / bare:F2}");
        }

        Say($"median ratio {ratios.Order().ElementAt((rounds - 1) / 2):F2} (goal: at least 0.50)");
        return 0;
    }

    /// <summary>With a server that takes its time: the product must keep it as busy as it may.</summary>
    public static async Task<int> LatencyAsync(string[] args)
    {
        var (samples, concurrency, latency) = (Options.Number(args, "--samples", 9600), Options.Number(args, "--concurrency", 64), Options.Number(args, "--latency", 200));
        Console.WriteLine(Machine.Describe());
        await using var server = ChildProcess.Start("serve-instant", "--latency", latency.ToString(CultureInfo.InvariantCulture));
        var url = await server.ReadAsync("listening ");
        await using var product = await Product.StartAsync(url, samples, concurrency);
        await product.WhenAsync(await product.StartRunAsync(limit: concurrency * 4, useCache: false)); // warm
        var run = await product.WhenAsync(await product.StartRunAsync(useCache: false));
        var (rate, possible) = (samples / Product.Seconds(run), concurrency * 1000.0 / latency);
        Say($"{samples:N0} samples, {concurrency} at once, {latency} ms each: {rate:F1} samples/s of {possible:F0} possible, {rate / possible:P1} (goal: at least 95 %)");
        return 0;
    }

    /// <summary>The memory after a collection early in a large run and at its end.</summary>
    public static async Task<int> MemoryAsync(string[] args)
    {
        var (samples, concurrency) = (Options.Number(args, "--samples", 100_000), Options.Number(args, "--concurrency", 64));
        Console.WriteLine(Machine.Describe());
        await using var server = ChildProcess.Start("serve-instant");
        var url = await server.ReadAsync("listening ");
        await using var product = await Product.StartAsync(url, samples, concurrency);
        var run = await product.StartRunAsync();
        var points = new List<(int Completed, double Managed, double Resident, double Private)>();
        foreach (var at in new[] { 1000, samples / 4, samples / 2, 3 * samples / 4, samples })
        {
            var completed = (int)(await product.WhenAsync(run, at))["completed"]!;
            var (managed, resident, @private) = await product.MemoryAsync();
            points.Add((completed, managed, resident, @private));
            Say($"at {completed,7:N0}: managed {managed,6:F1} MB, resident {resident,6:F1} MB, private {@private,6:F1} MB");
        }

        Say($"from the first to the last: managed {points[^1].Managed - points[0].Managed:+0.0;-0.0} MB, resident {points[^1].Resident - points[0].Resident:+0.0;-0.0} MB, private {points[^1].Private - points[0].Private:+0.0;-0.0} MB (goal: within 50 MB); peak resident {Machine.PeakMegabytes(product.ProcessId):F0} MB; database {product.DatabaseMegabytes:F0} MB");
        return 0;
    }

    private static async Task<(double Rate, double Cost)> BareAsync(string url, int samples, int concurrency)
    {
        await using var loop = ChildProcess.Start("bare-loop", "--url", url, "--samples", Text(samples), "--concurrency", Text(concurrency));
        var parts = (await loop.ReadAsync("bare ")).Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToList();
        return (parts[0], parts[1]);

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
