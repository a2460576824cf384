using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>The program as it was built beside these tests, in a process of its own on a free port, that can be killed without a word.</summary>
internal sealed partial class BuiltApp : IAsyncDisposable
{
    private readonly Process _process;

    private BuiltApp(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public static async Task<BuiltApp> StartAsync(string dataDirectory)
    {
        var program = typeof(Program).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "--urls", "http://127.0.0.1:0", "--LogprobDashboard:DataDirectory", dataDirectory, "--LogprobDashboard:CreateDemoExperiment", "false"])
        {
            WorkingDirectory = dataDirectory,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("ASPNETCORE_URLS");
        var process = Process.Start(start)!;
        var said = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.AppendLine(line);
            if (ListeningAddress().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // its further words must not fill the pipe
                return new BuiltApp(process, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException($"The program ended without listening:\n{said}");
    }

    /// <summary>SIGKILL: nothing in the process runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: the process ends by itself.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex ListeningAddress();
}
