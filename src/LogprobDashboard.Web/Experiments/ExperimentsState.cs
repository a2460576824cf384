using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Experiments;

/// <summary>What the list of experiments was asked to show: its query string. Defaults are left out, nonsense falls back.</summary>
public sealed record ExperimentsState
{
    private const int LongestSearch = 200;
    private const int APage = 24;

    public ExperimentsState(string? search, ExperimentSort sort, int page)
    {
        Search = string.IsNullOrWhiteSpace(search) ? null : search.Length <= LongestSearch ? search : search[..LongestSearch];
        Sort = sort;
        Page = Math.Max(1, page);
    }

    public static ExperimentsState Default { get; } = new(null, ExperimentSort.Newest, 1);

    public string? Search { get; }

    public ExperimentSort Sort { get; }

    public int Page { get; }

    public static ExperimentsState Parse(string? search, string? sort, string? page) => new(
        search,
        sort switch { "name" => ExperimentSort.Name, "best" => ExperimentSort.Best, "run" => ExperimentSort.LastRun, _ => ExperimentSort.Newest },
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1);

    /// <summary>Another search begins at its first page.</summary>
    public ExperimentsState WithSearch(string? search) => new(search, Sort, 1);

    public ExperimentsState WithSort(ExperimentSort sort) => new(Search, sort, 1);

    public ExperimentsState WithPage(int page) => new(Search, Sort, page);

    public ExperimentListRequest ToRequest() => new(Search, Sort, Page, APage);

    public string Address => AppRoutes.Experiments + ToQuery();

    /// <summary>With its question mark; empty where everything is at its default.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        if (Search is not null)
            parts.Add("q=" + Uri.EscapeDataString(Search));
        if (Sort != ExperimentSort.Newest)
            parts.Add("sort=" + Sort switch { ExperimentSort.Name => "name", ExperimentSort.Best => "best", _ => "run" });
        if (Page > 1)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={Page}"));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
