using System.Globalization;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Bytes as a person reads them: in steps of a thousand, with one decimal below ten.</summary>
public static class FileSize
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    public static string Of(long bytes)
    {
        if (bytes < 1000)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} {(bytes == 1 ? "byte" : "bytes")}");
        var value = bytes / 1000.0;
        var unit = 0;
        // 999.6 kB would be rounded to "1,000 kB".
        while (value >= 999.5 && unit < Units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return value.ToString(value < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
