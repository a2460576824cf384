using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>An order in an address: <c>sample</c>, <c>entropy:12</c> for a run's entropy, with a minus before it where it is reversed.</summary>
public static class OutlierSortText
{
    /// <summary>Nonsense is the default.</summary>
    public static OutlierSort Parse(string? text) => TryParse(text) ?? OutlierSort.Default;

    public static OutlierSort? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var reversed = text[0] == '-';
        var parts = (reversed ? text[1..] : text).Split(':', 2);
        foreach (var key in Enum.GetValues<OutlierSortKey>())
        {
            var sort = new OutlierSort(key, parts.Length == 2 ? parts[1] : null, reversed);
            if (Name(key) == parts[0] && sort.IsOfARun == (parts.Length == 2))
                return sort;
        }

        return null;
    }

    public static string Write(OutlierSort sort) => $"{(sort.Reversed ? "-" : "")}{Name(sort.Key)}{(sort.RunId is null ? "" : ":" + sort.RunId)}";

    private static string Name(OutlierSortKey key) => key.ToString().ToLowerInvariant();
}
