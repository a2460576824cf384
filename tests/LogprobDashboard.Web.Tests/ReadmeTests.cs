using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogprobDashboard.TestSupport;
using LogprobDashboard.Web.Tests.Hosting;

namespace LogprobDashboard.Web.Tests;

/// <summary>What the README tells a newcomer to type is typed here, as it stands there.</summary>
public sealed partial class ReadmeTests
{
    [SkippableFact]
    public async Task MainJobByScript_OnAFreshProduct_Works()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "The README's script wants bash and curl.");
        using var host = ProductHost.Start(settings: ("LogprobDashboard:CreateDemoExperiment", "true"));
        using var client = host.Client();
        await DemoIsMadeAsync(client);
        var top = Repository.TopLevel;
        var script = Script().Match(await File.ReadAllTextAsync(Path.Combine(top, "README.md"))).Groups["script"].Value;
        Assert.Contains("/try", script, StringComparison.Ordinal);

        var (exit, output) = await BashAsync(top, script.Replace("http://127.0.0.1:5000", client.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

        Assert.True(exit == 0, output);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(10, answers.Count);
        Assert.Equal(300, answers[0].Count("rowCount"));
        Assert.Equal("7", answers[3].Text("id"));
        Assert.NotEmpty(answers[4]["distribution"]!.AsArray());
        Assert.Equal("7", answers[5]["runs"]![0]!.Text("id"));
        Assert.Equal(2, answers[8]["runs"]!.AsArray().Count(run => run!["againstBaseline"] is not null));
        Assert.Equal("completed", (await client.WhenEndedAsync("7")).Text("status"));
    }

    /// <summary>The ids in the script are those of a product with its two demo experiments.</summary>
    private static async Task DemoIsMadeAsync(HttpClient client)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 600 && await timer.WaitForNextTickAsync(); tries++)
        {
            var runs = await client.GetAsync("/api/runs/6");
            if (runs.IsSuccessStatusCode && (await client.WhenEndedAsync("6")).Text("status") == "completed")
                return;
        }

        throw new TimeoutException("The demo experiments were not made.");
    }

    private static async Task<(int Exit, string Output)> BashAsync(string directory, string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-e", "-c", "curl() { command curl --silent --show-error --fail-with-body --noproxy '*' \"$@\"; echo; }\n" + script])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"```sh\n(?<script>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Script();
}
