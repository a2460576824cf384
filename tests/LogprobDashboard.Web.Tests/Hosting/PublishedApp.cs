using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Web.Tests.Hosting;

/// <summary>The published program in a process of its own, on a free port.</summary>
internal sealed partial class PublishedApp : IAsyncDisposable
{
    public const string OutputFolder = "out";
    private readonly Process _process;

    private PublishedApp(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static string RepositoryRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>Builds below <paramref name="directory"/>, so that it can run beside any other build of the repository.</summary>
    public static async Task PublishAsync(string directory)
    {
        var project = Path.Combine(RepositoryRoot(), "src", "LogprobDashboard.Web", "LogprobDashboard.Web.csproj");
        using var process = Start(
            RepositoryRoot(),
            ["publish", project, "-c", "Release", "-o", Path.Combine(directory, OutputFolder), "--artifacts-path", Path.Combine(directory, "build"), "-p:NuGetAudit=false", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", "-nodeReuse:false", "--nologo"]);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    public static async Task<PublishedApp> StartAsync(string directory)
    {
        var output = Path.Combine(directory, OutputFolder);
        var process = Start(
            output,
            [Path.Combine(output, "LogprobDashboard.Web.dll"), "--urls", "http://127.0.0.1:0", "--LogprobDashboard:DataDirectory", Path.Combine(directory, "data"), "--LogprobDashboard:CreateDemoExperiment", "false"]);
        var said = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.AppendLine(line);
            if (ListeningAddress().Match(line) is { Success: true } match)
            {
                // Its further words are of no interest, but must not fill the pipe.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new PublishedApp(process, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException($"The published program ended without listening:\n{said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // The test host runs inside a build, whose settings are not this one's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment.Remove("ASPNETCORE_URLS");
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex ListeningAddress();
}
