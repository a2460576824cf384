using System.Globalization;

namespace LogprobDashboard.Workbench;

/// <summary>Ids are opaque strings outside; inside they are the table's key, which is never given out twice.</summary>
internal static class Ids
{
    public static string Format(long key) => key.ToString(CultureInfo.InvariantCulture);

    public static string? Format(long? key) => key?.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(string? id, out long key) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out key) && Format(key) == id;

    /// <exception cref="UserErrorException">Not found: no id ever looked like that.</exception>
    public static long Parse(string id, string what) =>
        TryParse(id, out var key) ? key : throw UserErrorException.NotFound(what, id);
}
