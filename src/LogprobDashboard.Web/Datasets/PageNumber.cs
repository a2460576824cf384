using System.Globalization;

namespace LogprobDashboard.Web.Datasets;

/// <summary>A page's number in an address: from 1, and 1 where it is none.</summary>
internal static class PageNumber
{
    public static int Parse(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;
}
