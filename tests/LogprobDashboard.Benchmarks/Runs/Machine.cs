using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>What was measured on, and how much memory and processor time a process took, as Linux counts it.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return string.Create(CultureInfo.InvariantCulture, $"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory:F0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}");
    }

    public static double ResidentMegabytes(int process) => StatusMegabytes(process, "VmRSS:");

    public static double PeakMegabytes(int process) => StatusMegabytes(process, "VmHWM:");

    /// <summary>The resident memory of a process and of all that it started; those that end meanwhile count as nothing.</summary>
    public static double ResidentMegabytesOfTree(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) is { } parent)
                parents[id] = parent;
        }

        return parents.Keys.Append(root).Distinct().Where(id => id == root || IsBelow(id)).Sum(ResidentMegabytes);

        bool IsBelow(int id)
        {
            while (parents.TryGetValue(id, out var parent) && parent > 1)
            {
                if (parent == root)
                    return true;
                id = parent;
            }

            return false;
        }
    }

    public static TimeSpan ProcessorTime(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it ended
        }
    }

    private static double StatusMegabytes(int process, string key)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
