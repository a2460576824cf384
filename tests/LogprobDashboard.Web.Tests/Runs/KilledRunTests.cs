using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Tests.Hosting;
using Xunit.Abstractions;

namespace LogprobDashboard.Web.Tests.Runs;

/// <summary>The real process is killed in the middle of a run, and started again. Nobody touches the run.</summary>
public sealed class KilledRunTests(ITestOutputHelper output) : IDisposable
{
    private const int Samples = 1500;
    private const int Kills = 3;
    private const int Concurrency = 16;

    /// <summary>An answer older than this when the process was killed is on disk; on a machine that is late with everything, by so much later.</summary>
    private const double StoredWithinMilliseconds = 200;

    /// <summary>A request may come in between looking at the clock and the signal's effect.</summary>
    private const double KillTakesMilliseconds = 100;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task Run_ProcessKilledThreeTimes_GoesOnByItselfAndAsksAgainOnlyWhatWasUnderWayOrJustAnswered()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no SIGKILL.");
        var seed = Environment.TickCount;
        output.WriteLine(FormattableString.Invariant($"seed {seed}"));
        var random = new Random(seed);
        await using var server = await TimedServer.StartAsync((20, 50), seed);
        await using var lag = new TimerLag();
        var kills = new List<(double At, HashSet<string> UnderWay)>();
        var app = await BuiltApp.StartAsync(_directory.Path);
        try
        {
            var run = await StartRunAsync(app.Client, server.BaseUrl);
            for (var kill = 1; kill <= Kills; kill++)
            {
                // Well within the part of the run that is this kill's.
                var answers = (int)(Samples * (kill - 0.7 + (0.5 * random.NextDouble())) / (Kills + 1));
                await UntilAsync(() => server.Answers >= answers && server.InFlight > 0);
                var began = kills.Count == 0 ? 0 : kills[^1].At;
                var underWay = server.Requests.Where(request => request.Answered is null && request.Arrived > began).Select(request => request.Prompt).ToHashSet(StringComparer.Ordinal);
                Assert.NotEmpty(underWay);
                kills.Add((server.Now, underWay));
                await app.KillAsync();
                output.WriteLine(FormattableString.Invariant($"killed at {server.Answers} answers, {underWay.Count} under way"));
                await app.DisposeAsync();
                app = await BuiltApp.StartAsync(_directory.Path);
            }

            var ended = await app.Client.WhenEndedAsync(run);

            Assert.Equal(("completed", Samples, 0), (ended.Text("status"), ended.Count("completed"), ended.Count("failed")));
            Assert.Equal(Enumerable.Range(0, Samples), await ResultIndexesAsync(app.Client, run));
            output.WriteLine(FormattableString.Invariant($"this machine was up to {lag.LongestMilliseconds:0} ms late"));
            AssertAskedAgainOnlyWithReason(server, kills, StoredWithinMilliseconds + lag.LongestMilliseconds);
            var log = (await app.Client.GetObjectAsync($"/api/runs/{run}/events"))["items"]!.AsArray();
            Assert.Equal(Kills, log.Count(entry => entry!["message"]?.GetValue<string>().StartsWith("The program was started again", StringComparison.Ordinal) == true));
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>Told to end, the process ends in time, and nothing that was answered is asked again.</summary>
    [SkippableFact]
    public async Task Run_ProcessToldToEnd_StoresWhatIsUnderWay()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        await using var server = await TimedServer.StartAsync((20, 50), seed: 5);
        string run;
        await using (var app = await BuiltApp.StartAsync(_directory.Path))
        {
            run = await StartRunAsync(app.Client, server.BaseUrl);
            await UntilAsync(() => server.Answers >= 200 && server.InFlight > 0);
            var told = server.Now;
            await app.TerminateAsync();
            Assert.InRange(server.Now - told, 0, 15_000);
        }

        await using var again = await BuiltApp.StartAsync(_directory.Path);
        var ended = await again.Client.WhenEndedAsync(run);

        Assert.Equal(("completed", Samples), (ended.Text("status"), ended.Count("completed")));
        Assert.Equal(Samples, server.Requests.Count(request => IsOfTheRun(request.Prompt)));
    }

    private static void AssertAskedAgainOnlyWithReason(TimedServer server, List<(double At, HashSet<string> UnderWay)> kills, double storedWithin)
    {
        var byPrompt = server.Requests.Where(request => IsOfTheRun(request.Prompt)).GroupBy(request => request.Prompt, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.OrderBy(request => request.Arrived).ToList(), StringComparer.Ordinal);
        Assert.Equal(Samples, byPrompt.Count);
        foreach (var (prompt, asked) in byPrompt)
        {
            for (var again = 1; again < asked.Count; again++)
            {
                // The last kill before it was asked again is the reason: its call was under way then, or its answer just there.
                var before = asked[again - 1];
                var kill = kills.FindLast(kill => kill.At < asked[again].Arrived);
                Assert.True(kill.UnderWay is not null, $"{prompt} was asked again before anything was killed.");
                Assert.True(before.Arrived <= kill.At + KillTakesMilliseconds, $"{prompt} was asked twice by one process.");
                Assert.True(
                    before.Answered is not { } answered || kill.At - answered <= storedWithin,
                    string.Create(CultureInfo.InvariantCulture, $"{prompt} was answered {kill.At - before.Answered:0} ms before the process was killed, and asked again."));
            }
        }

        var repeated = byPrompt.Values.Sum(asked => asked.Count - 1);
        Assert.InRange(repeated, 1, Kills * Concurrency * 12); // under way, and 200 ms of answers
    }

    private static bool IsOfTheRun(string prompt) => prompt.StartsWith("row ", StringComparison.Ordinal);

    private static async Task<string> StartRunAsync(HttpClient client, string baseUrl)
    {
        var rows = "text,label\n" + string.Concat(Enumerable.Range(0, Samples).Select(index => FormattableString.Invariant($"row {index},{(index % 3 == 0 ? "spam" : "ham")}\n")));
        var dataset = await client.UploadAsync("rows.csv", Encoding.UTF8.GetBytes(rows));
        var endpoint = await client.PostObjectAsync("/api/endpoints", new { name = "timed", baseUrl, model = "m", maxConcurrency = Concurrency });
        var labels = new object[] { new { name = "spam", words = new[] { "Yes" } }, new { name = "ham", words = new[] { "No" } } };
        var experiment = await client.PostObjectAsync("/api/experiments", new { name = "e", datasetId = dataset.Text("id"), endpointId = endpoint.Text("id"), labels });
        await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/variants", new { name = "only", user = "{{ text }}" });
        return (await client.PostObjectAsync($"/api/experiments/{experiment.Text("id")}/runs", new { }))["runs"]![0]!.Text("id");
    }

    private static async Task<List<int>> ResultIndexesAsync(HttpClient client, string run)
    {
        var lines = await client.GetStringAsync($"/api/runs/{run}/results?format=jsonl");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["index"]!.GetValue<int>()).Order()];
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 60_000, "What was waited for did not come about.");
            await timer.WaitForNextTickAsync();
        }
    }
}
