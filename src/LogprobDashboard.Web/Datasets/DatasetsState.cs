using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>What the list of datasets was asked to show: its query string. Defaults are left out, nonsense falls back.</summary>
public sealed record DatasetsState
{
    private const int PageSize = 25;

    public DatasetsState(string? search, DatasetsSort sort, int page) => (Search, Sort, Page) = (string.IsNullOrWhiteSpace(search) ? null : search.Trim(), sort, Math.Max(1, page));

    public static DatasetsState Default { get; } = new(null, DatasetsSort.Newest, 1);

    public string? Search { get; }

    public DatasetsSort Sort { get; }

    public int Page { get; }

    /// <summary>The page as it shall be remembered: by its address.</summary>
    public string Address => AppRoutes.Datasets + ToQuery();

    public static DatasetsState Parse(string? search, string? sort, string? page) => new(
        search,
        Enum.GetValues<DatasetsSort>().FirstOrDefault(value => Name(value) == sort),
        PageNumber.Parse(page));

    public DatasetsState WithSearch(string? search) => new(search, Sort, 1);

    public DatasetsState WithSort(DatasetsSort sort) => new(Search, sort, 1);

    public DatasetsState WithPage(int page) => new(Search, Sort, page);

    public DatasetsFilter ToFilter() => new(Search, Sort, Page, PageSize);

    /// <summary>How many pages there are for so many datasets.</summary>
    public static int Pages(int found) => Math.Max(1, (found + PageSize - 1) / PageSize);

    public string ToQuery()
    {
        var parts = new List<string>();
        if (Search is not null)
            parts.Add("search=" + Uri.EscapeDataString(Search));
        if (Sort != DatasetsSort.Newest)
            parts.Add("sort=" + Name(Sort));
        if (Page > 1)
            parts.Add("page=" + Page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string Name(DatasetsSort sort) => sort.ToString().ToLowerInvariant();
}
