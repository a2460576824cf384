using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Experiments;

/// <summary>Every experiment, with the best that it reached, and what is under way.</summary>
public sealed partial class ExperimentsPage
{
    private const int MostDrafts = 50;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private ExperimentsState _state = ExperimentsState.Default;
    private bool _working;

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [Inject]
    private ExperimentListQueries Queries { get; set; } = null!;

    [Inject]
    private ExperimentsService Commands { get; set; } = null!;

    [Inject]
    private DraftsQueries Drafts { get; set; } = null!;

    [Inject]
    private DraftsService DraftCommands { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Facts => Screen is null
        ? "\u00a0"
        : Screen.List.All == 0
            ? "A dataset, its labels, prompts and their runs"
            : $"{(_state.Search is null ? "" : $"{Figures.Count(Screen.List.Found)} of ")}{Figures.Count(Screen.List.All, "experiment", "experiments")}{(Screen.List.RunningCount == 0 ? "" : $", {Figures.Count(Screen.List.RunningCount, "run", "runs")} under way")}";

    private IReadOnlyList<Segment> Sorts =>
    [
        Sorted("Newest", ExperimentSort.Newest, "by when they were made"),
        Sorted("Name", ExperimentSort.Name, "from A to Z"),
        Sorted("Best AP", ExperimentSort.Best, "the highest average precision first; those without a finished run last"),
        Sorted("Last run", ExperimentSort.LastRun, "by when a run was started last"),
    ];

    protected override object ReadState() => _state = ExperimentsState.Parse(Q, Sort, Page);

    protected override async Task<ExperimentsScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var list = await Queries.ListAsync(_state.ToRequest(), cancellationToken);
        var drafts = _state.Page == 1 && _state.Search is null ? (await Drafts.ListAsync(null, MostDrafts, cancellationToken)).Items : [];
        return new ExperimentsScreen(list, drafts);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RefreshAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _leaving.Cancel();
            _leaving.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>While something runs its numbers follow; a page that nobody looks at any more stops asking.</summary>
    private async Task RefreshAsync()
    {
        var leaving = _leaving.Token;
        using var timer = new PeriodicTimer(Refresh, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
            {
                if (Busy || Screen is not { List.RunningCount: > 0 })
                    continue;
                await ReloadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private Segment Sorted(string text, ExperimentSort sort, string hint) => new(text, _state.WithSort(sort).Address, _state.Sort == sort, hint);

    private void Search(ChangeEventArgs change) => Navigation.NavigateTo(_state.WithSearch((string?)change.Value).Address, replace: true);
}
