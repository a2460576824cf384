using System.Globalization;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Times in the database: ISO-8601 in UTC with a fixed width, so that the text sorts as the time does (SQLite cannot order a DateTimeOffset).</summary>
internal static class UtcText
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
