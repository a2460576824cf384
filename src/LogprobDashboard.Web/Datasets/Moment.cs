using System.Globalization;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Times as pages show them, in UTC.</summary>
public static class Moment
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>"about 20 s", "about 3 min": how long something will take.</summary>
    public static string About(TimeSpan span) => span.TotalSeconds < 1
        ? "a moment"
        : span.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(span.TotalSeconds):0} s")
            : string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(span.TotalMinutes):N0} min");
}
