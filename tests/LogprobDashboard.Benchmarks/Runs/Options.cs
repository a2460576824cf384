using System.Globalization;

namespace LogprobDashboard.Benchmarks.Runs;

/// <summary>Options of the command line: a name and a value each.</summary>
internal static class Options
{
    public static int Number(string[] args, string name, int otherwise) =>
        Text(args, name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    public static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
