using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Compare;

/// <summary>Runs of one experiment over each other. All it shows follows from its address.</summary>
public sealed partial class ComparePage : IDisposable
{
    private CompareState _state = CompareState.Default;
    private string? _loadedId;
    private CompareScreen? _screen;
    private UserErrorException? _problem;
    private CancellationTokenSource? _loading;
    private bool _busy;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    [SupplyParameterFromQuery]
    public string? Positive { get; set; }

    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    /// <summary>From the prerendered page to the interactive one.</summary>
    [PersistentState]
    public string? HandoverToken { get; set; }

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Inject]
    private CompareQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private PrerenderHandover Handover { get; set; } = null!;

    private string Title => _screen is null ? "Compare · LogprobDashboard" : $"Compare · {_screen.View.ExperimentName} · LogprobDashboard";

    public void Dispose()
    {
        _loading?.Cancel();
        _loading?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var state = CompareState.Parse(Runs, Positive, Rule);
        if (_loadedId == Id && state == _state)
            return;
        if (_loadedId != Id)
            _screen = null;
        (_loadedId, _state) = (Id, state);
        if (RendererInfo.IsInteractive && Handover.TryTake(HandoverToken, out CompareScreen? screen))
            _screen = screen;
        else
            await LoadAsync(state);
    }

    private async Task LoadAsync(CompareState state)
    {
        if (_loading is not null)
            await _loading.CancelAsync();
        _loading?.Dispose();
        var loading = _loading = new CancellationTokenSource();
        _busy = true;
        try
        {
            var view = await Queries.ViewAsync(Id, state.ToRequest(), loading.Token);
            if (loading != _loading)
                return;
            (_screen, _problem, _busy) = (CompareScreen.Of(view), null, false);
            if (!RendererInfo.IsInteractive)
                HandoverToken = Handover.Leave(_screen);
        }
        catch (OperationCanceledException) when (loading != _loading || loading.IsCancellationRequested)
        {
            // A later choice took over, or the reader left.
        }
        catch (Exception) when (loading != _loading)
        {
            // Whatever went wrong with a choice that was left behind is nobody's business any more.
        }
        catch (UserErrorException problem)
        {
            (_problem, _busy) = (problem, false);
            if (problem.Kind == UserErrorKind.NotFound && Http is { Response.HasStarted: false })
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private void ChooseRuns(IReadOnlyList<string> runs) => Show(_state.WithRuns(runs));

    private void ChoosePositive(string label) => Show(_state.WithPositive(label));

    private void ChooseRule(CompareRule rule) => Show(_state.WithRule(rule));

    private void Show(CompareState state) => Navigation.NavigateTo(state.AddressOf(Id));
}
