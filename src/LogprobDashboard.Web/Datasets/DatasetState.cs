using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>
/// What a dataset's page was asked to show: its query string. A blank label or source means the samples without one. <see cref="Sample"/> is the one that is open;
/// without a page of its own it brings the page that it is on.
/// </summary>
public sealed record DatasetState
{
    public const int PageSize = 50;

    private readonly int? _page;

    public DatasetState(string? search, string? label, string? source, int? page, int? sample) =>
        (Search, Label, Source, _page, Sample) = (string.IsNullOrEmpty(search) ? null : search, label, source, page is > 1 ? page : null, sample is >= 0 ? sample : null);

    public static DatasetState Default { get; } = new(null, null, null, null, null);

    public string? Search { get; }

    public string? Label { get; }

    public string? Source { get; }

    public int? Sample { get; }

    public int Page => _page ?? (Sample is { } sample && !IsFiltered ? (sample / PageSize) + 1 : 1);

    public bool IsFiltered => Search is not null || Label is not null || Source is not null;

    public SamplesFilter Filter => new(Search, Label, Source);

    public static DatasetState Parse(string? search, string? label, string? source, string? page, string? sample) => new(
        search,
        label,
        source,
        PageNumber.Parse(page),
        int.TryParse(sample, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null);

    public DatasetState WithSearch(string? search) => new(search, Label, Source, null, null);

    public DatasetState WithLabel(string? label) => new(Search, label, Source, null, null);

    public DatasetState WithSource(string? source) => new(Search, Label, source, null, null);

    public DatasetState WithPage(int page) => new(Search, Label, Source, page, null);

    /// <summary>Opens a sample of the page that is shown, or closes the open one.</summary>
    public DatasetState WithSample(int? sample) => new(Search, Label, Source, Page, sample);

    /// <summary>A sample where it stands among all.</summary>
    public DatasetState WithOnly(int sample) => new(null, null, null, null, sample);

    public string AddressOf(string datasetId) => AppRoutes.DatasetOf(datasetId) + ToQuery();

    public string ToQuery()
    {
        var parts = new List<string>();
        Add("search", Search);
        Add("label", Label);
        Add("source", Source);
        Add("page", _page?.ToString(CultureInfo.InvariantCulture));
        Add("sample", Sample?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add(name + "=" + Uri.EscapeDataString(value));
        }
    }
}
