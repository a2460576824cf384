using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The ranked samples. Only the rows in sight are read, and only they are held; every row is as tall as the next.</summary>
public sealed partial class OutlierTable : IAsyncDisposable
{
    /// <summary>In a window as wide as the page; narrower ones make it taller, the list measures that itself.</summary>
    private const int RowHeight = 84;

    /// <summary>No browser lays out more rows than this beneath each other; the files hold them all.</summary>
    private const int MostRows = 150_000;

    private readonly BrowserObject _list = new("outlierList.js", end: "destroy");
    private ElementReference _element;
    private UserErrorException? _problem;
    private string _key = "";

    [Parameter, EditorRequired]
    public OutliersScreen Screen { get; set; } = null!;

    [Parameter]
    public EventCallback<int?> SampleChanged { get; set; }

    [Inject]
    private OutliersQueries Queries { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private int Total => Math.Min(Screen.View.Listed, MostRows);

    private OutlierSortKey SignalKey => Enum.Parse<OutlierSortKey>(Screen.View.Request.By.ToString());

    private string Columns => FormattableString.Invariant($"--runs: {Screen.Looks.Count}; --run-width: {RunWidth}px");

    /// <summary>Where there is little room an answer shows its label and the chosen signal alone.</summary>
    private bool IsDense => Screen.Looks.Count > 4 || (Screen.Looks.Count == 3 && Screen.Selected is not null);

    private int RunWidth => IsDense ? 104 : Screen.Looks.Count <= 2 ? 176 : 156;

    private string Words
    {
        get
        {
            var view = Screen.View;
            var words = $"{Figures.Count(view.Listed, "sample", "samples")}{(Screen.State.Search is { } search ? $" with \u201C{search}\u201D in the text" : "")}{(Screen.State.Reason is { } reason ? $" with the reason \u201C{OutlierWords.Reason(reason)}\u201D" : "")}";
            if (view.Listed > MostRows)
                words += $"; the first {Figures.Count(MostRows)} are listed here, all of them in the files";
            return view.ReasonsLookedAt < view.BeforeReason ? $"{words}. Reasons are counted among the first {Figures.Count(view.ReasonsLookedAt)} of {Figures.Count(view.BeforeReason)}." : words + ".";
        }
    }

    public ValueTask DisposeAsync() => _list.DisposeAsync();

    /// <summary>Another list starts at its top; another sample beside the same list leaves it where it is.</summary>
    protected override void OnParametersSet() => _key = Screen.State.WithSample(null).ToQuery();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _list.MakeAsync(JavaScript, "attach", _element, Screen.View.SelectedPlace);
    }

    private async ValueTask<ItemsProviderResult<OutlierRow>> ReadAsync(ItemsProviderRequest request)
    {
        try
        {
            var count = Math.Min(request.Count, MostRows - request.StartIndex);
            var rows = await Queries.RowsAsync(Screen.View.ExperimentId, Screen.View.Request, request.StartIndex, Math.Max(0, count), request.CancellationToken);
            return new ItemsProviderResult<OutlierRow>(rows.Items, Math.Min(rows.Total, MostRows));
        }
        catch (UserErrorException problem)
        {
            _problem = problem;
            StateHasChanged();
            return new ItemsProviderResult<OutlierRow>([], 0);
        }
    }

    /// <summary>The same column again turns the order round.</summary>
    private string SortBy(OutlierSort sort) =>
        Screen.State.WithSort(Screen.State.Sort == sort ? sort with { Reversed = true } : sort).AddressOf(Screen.View.ExperimentId);

    private string? Arrow(OutlierSort sort) => AriaSort(sort) switch { "ascending" => " ↑", "descending" => " ↓", _ => " ↕" };

    private string? AriaSort(OutlierSort sort)
    {
        if (Screen.State.Sort with { Reversed = false } != sort)
            return null;
        var rises = sort.Key is OutlierSortKey.Margin or OutlierSortKey.Coverage or OutlierSortKey.Sample;
        return rises != Screen.State.Sort.Reversed ? "ascending" : "descending";
    }
}
