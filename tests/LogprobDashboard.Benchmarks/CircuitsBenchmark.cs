using System.Diagnostics;
using System.Globalization;
using LogprobDashboard.Browser.Tests.Hosting;
using Microsoft.Playwright;

namespace LogprobDashboard.Benchmarks;

/// <summary>
/// Ten circuits, opened and closed fifty times, each looking at a page of a run of 100,000 samples. After the last one is closed the managed memory must be where it was
/// after the first ten were closed, within 50 MB: a circuit that is closed frees what it held. The run's score columns stay in the process-wide cache, before and after.
/// </summary>
internal static class CircuitsBenchmark
{
    private const int Circuits = 10;
    private const int Samples = 100_000;
    private const double MostGrowth = 50e6;
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 50;
        using var product = new CircuitsProduct();
        var pages = await product.FillAsync(Samples);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledBrowser.Find(), Headless = true, Args = Arguments });

        await RoundAsync(browser, product, pages, null);
        var before = await ClosedMemoryAsync(product);
        Console.WriteLine(Line($"after the first {Circuits} circuits: {before / 1e6:F1} MB, the cached columns of {Samples:N0} samples among them"));
        var watch = Stopwatch.StartNew();
        for (var round = 1; round <= rounds; round++)
            await RoundAsync(browser, product, pages, round % 10 == 0 ? round : null);
        var after = await ClosedMemoryAsync(product);
        Console.WriteLine(Line($"after {rounds} rounds of {Circuits} circuits ({watch.Elapsed.TotalSeconds:F0} s): {after / 1e6:F1} MB, {(after - before) / 1e6:+0.0;-0.0} MB (at most {MostGrowth / 1e6:F0} MB)"));
        return after - before <= MostGrowth ? 0 : 1;
    }

    private static async Task RoundAsync(IBrowser browser, CircuitsProduct product, IReadOnlyList<string> pages, int? told)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = product.Address.ToString() });
        var open = await Task.WhenAll(Enumerable.Range(0, Circuits).Select(circuit => OpenAsync(context, pages[circuit % pages.Count])));
        if (told is not null)
            Console.WriteLine(Line($"round {told}: {product.OpenCircuits} circuits open, {Collected() / 1e6:F1} MB"));
        foreach (var page in open)
            await page.GotoAsync("about:blank"); // leaves as a reader does: the browser says good-bye to the circuit
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator("main[data-interactive]").WaitForAsync();
        await page.Locator("h1").WaitForAsync();
        return page;
    }

    /// <summary>Managed bytes once every circuit is gone.</summary>
    private static async Task<long> ClosedMemoryAsync(CircuitsProduct product)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (product.OpenCircuits > 0)
            await pause.WaitForNextTickAsync(patience.Token);
        return Collected();
    }

    private static long Collected()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
