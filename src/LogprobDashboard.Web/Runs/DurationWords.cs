using System.Globalization;

namespace LogprobDashboard.Web.Runs;

/// <summary>Durations and times as people read them.</summary>
internal static class DurationWords
{
    private const long LongestSeconds = 3600L * 24 * 365;

    /// <summary>In its two largest units: "under 1 s", "42 s", "3 min 5 s", "2 h 10 min", "4 d 3 h".</summary>
    public static string Of(double seconds)
    {
        if (seconds < 1)
            return "under 1 s";
        if (seconds > LongestSeconds)
            return "over a year";
        var whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 60 => Text($"{whole} s"),
            < 3600 => Pair(whole / 60, "min", whole % 60, "s"),
            < 86400 => Pair(whole / 3600, "h", whole % 3600 / 60, "min"),
            _ => Pair(whole / 86400, "d", whole % 86400 / 3600, "h"),
        };
    }

    /// <summary>A time that is not known exactly: "about 42 s", "less than a second".</summary>
    public static string About(double seconds, string about = "about", string moment = "less than a second") => seconds < 1 ? moment : $"{about} {Of(seconds)}";

    /// <summary>In UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Pair(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? Text($"{large} {largeUnit}") : Text($"{large} {largeUnit} {small} {smallUnit}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
