using System.Diagnostics;
using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>A part of a benchmark in a process of its own: this program again, with another first argument. It ends with the one who started it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public TimeSpan ProcessorTime => Machine.ProcessorTime(_process);

    public static ChildProcess Start(params string[] arguments) => Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), .. arguments]));

    /// <summary>With the garbage collector and the compiler set as the product's own process has them.</summary>
    public static ChildProcess StartAsProduct(params string[] arguments)
    {
        var benchmarks = typeof(ChildProcess).Assembly.Location;
        var settings = Path.ChangeExtension(typeof(PrerenderHandover).Assembly.Location, ".runtimeconfig.json");
        return Start(new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", settings, "--depsfile", Path.ChangeExtension(benchmarks, ".deps.json"), benchmarks, .. arguments]));
    }

    private static ChildProcess Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The rest of the next line that begins with <paramref name="mark"/>; every other line is passed over.</summary>
    public async Task<string> ReadAsync(string mark)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
                return line[mark.Length..].Trim();
        }

        throw new InvalidOperationException($"A part of the benchmark ended without \"{mark}\".");
    }

    public async Task<string> AskAsync(string command, string mark)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync(mark);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Run as <c>dotnet benchmarks.dll</c>, the process is dotnet and wants to be told the assembly again.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
}
