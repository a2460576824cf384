using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The address of one sample that leads back to the list it was opened from.</summary>
public static class SampleAddress
{
    public static string Of(string experimentId, int index, OutliersState from) => Of(experimentId, index, from.ToQuery());

    /// <param name="experimentId">The experiment.</param>
    /// <param name="index">The sample.</param>
    /// <param name="from">The query of the list, with or without its question mark; null or empty: the list at its defaults.</param>
    /// <param name="invisible">With what cannot be seen written out.</param>
    public static string Of(string experimentId, int index, string? from, bool invisible = false)
    {
        var query = (from ?? "").TrimStart('?');
        List<string> parts = [];
        if (query.Length > 0)
            parts.Add("from=" + Uri.EscapeDataString(query));
        if (invisible)
            parts.Add("invisible=true");
        return AppRoutes.SampleOf(experimentId, index) + (parts.Count == 0 ? "" : "?" + string.Join('&', parts));
    }
}
