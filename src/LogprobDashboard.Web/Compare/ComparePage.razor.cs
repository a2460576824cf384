using LogprobDashboard.Web.Layout;
using LogprobDashboard.Web.Sharing;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace LogprobDashboard.Web.Compare;

/// <summary>Runs of one experiment over each other, or beside each other.</summary>
public sealed partial class ComparePage
{
    private CompareState _state = CompareState.Default;
    private IReadOnlyList<RunChoice>? _progress;
    private RefreshLoop? _refresh;
    private readonly CancellationTokenSource _left = new();
    private (CompareScreen Of, CompareScreen Full)? _late;
    private CompareScreen? _beingJudged;
    private (IReadOnlyList<PointFigures?> Points, IReadOnlyList<RunChanges>? Changes)? _dragged;
    private bool _unseen;

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The whole query is the state; this part is asked for by name so that a change of the address is heard.</summary>
    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private CompareQueries Queries { get; set; } = null!;

    [Inject]
    private ChangesQueries Changes { get; set; } = null!;

    [Inject]
    private CompareScreens Screens { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Title => Screen is null ? "Compare · LogprobDashboard" : $"Compare · {Screen.View.ExperimentName} · LogprobDashboard";

    /// <summary>The screen, with what was worked out after it was there.</summary>
    private CompareScreen Shown => _late is { } late && late.Of == Screen ? late.Full : Screen!;

    private string? WhyNoIntervals => Screen is null || Screen.Rows.Count == 0 ? null : CompareScreens.IsOver(Screen.View) ? "95 % intervals are being worked out." : "95 % intervals come once the runs are over.";

    /// <summary>How far the runs are by now.</summary>
    private IReadOnlyList<RunChoice> Choices => _progress ?? Screen?.View.Choices ?? [];

    private bool IsWaiting => Problem is null && Screen is not null && (Choices.Count == 0 || Choices.Any(choice => choice.IsUnderWay));

    protected override object ReadState()
    {
        if (new Uri(Navigation.Uri).AbsolutePath != AppRoutes.CompareOf(Id))
            return _state; // on the way to another page
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        return _state = CompareState.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null);
    }

    protected override async Task<CompareScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var screen = await Screens.LoadAsync(Id, _state, Screen, cancellationToken);
        (_progress, _dragged) = (null, null);
        return screen;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!RendererInfo.IsInteractive || _unseen)
            return;
        if (IsWaiting)
        {
            _refresh ??= new RefreshLoop(Time);
            _refresh.Start(LookAsync, DispatchExceptionAsync);
        }

        await JudgeLateAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _refresh?.Dispose();
            _left.Cancel();
            _left.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A bootstrap that takes a while comes after the curves are there.</summary>
    private async Task JudgeLateAsync()
    {
        if (Screen is not { Uncertainty: null, Rows.Count: > 0 } screen || _beingJudged == screen || !CompareScreens.IsOver(screen.View))
            return;
        _beingJudged = screen;
        try
        {
            var full = await Screens.CompleteAsync(screen, _state, _left.Token);
            if (screen != Screen)
                return;
            _late = (screen, full);
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (UserErrorException)
        {
            // A run was deleted meanwhile; the page says so at the next look.
        }
    }

    /// <summary>Asks how far the runs are, and loads anew only where a run that is shown has moved on or the choice of runs has changed.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (_unseen)
            return false;
        if (Screen is null || Busy)
            return true;
        var (before, selected) = (Choices, Screen.View.Runs.Select(run => run.RunId).ToList());
        var now = await Queries.ProgressAsync(Id, selected, cancellationToken);
        if (before.SequenceEqual(now))
            return IsWaiting;
        if (ChangesTheView(before, now))
            await ReloadAsync();
        else
            _progress = now;
        if (!cancellationToken.IsCancellationRequested)
            StateHasChanged();
        return IsWaiting;
    }

    /// <summary>A page in a tab that nobody sees looks at nothing; rendered anew, it goes on.</summary>
    private void See(bool visible) => _unseen = !visible;

    private static bool ChangesTheView(IReadOnlyList<RunChoice> before, IReadOnlyList<RunChoice> now) =>
        before.Count != now.Count || before.Zip(now).Any(pair => ChangesTheView(pair.First, pair.Second));

    /// <summary>A run that is shown has moved on, or one may come to be shown: its first answer is there, or it is over.</summary>
    private static bool ChangesTheView(RunChoice before, RunChoice now) =>
        before.RunId != now.RunId || before.Status != now.Status || (now.Selected && before != now) || (before.Done == 0 && now.Done > 0);

    private Task ShareAsync() => Dialogs.ShareAsync(Id, _state, Navigation.BaseUri);

    private void ChooseRuns(IReadOnlyList<string> runs) => Show(_state.WithRuns(runs));

    /// <summary>The first run is the baseline by default, and is left out of the address.</summary>
    private void ChooseBaseline(string? runId) => Show(_state.WithBaseline(runId == Screen?.View.Runs[0].RunId ? null : runId));

    private void ChoosePositive(string label) => Show(_state.WithPositive(label));

    /// <summary>The tiles follow the hand; the address, and all the rest with it, where it lets go.</summary>
    private async Task DragAsync(ThresholdDrag drag)
    {
        if (Screen is not { } screen)
            return;
        if (drag.Ended)
        {
            var moved = ThresholdLink.Moved(_state, screen.Rows, drag);
            if (moved == _state)
                _dragged = null; // else what the hand has set stays until the view that has it is there
            Show(moved);
            return;
        }

        var thresholds = ThresholdLink.While(_state, screen.Rows, drag);
        var points = await Queries.PointsAsync(screen.View, thresholds, _left.Token);
        var changes = screen.Parts.Changes is null ? null : await Changes.OfAsync(screen.View, CompareParts.ListedChanges, thresholds, _left.Token);
        if (screen == Screen)
            _dragged = (points, changes);
    }

    private void Show(CompareState state) => Navigation.NavigateTo(AddressOf(state));

    /// <summary>The experiment's own positive label is left out of the address: it is the default.</summary>
    private string AddressOf(CompareState state) => (state.Positive == Screen?.Experiment.PositiveLabel ? state.WithPositive(null) : state).AddressOf(Id);
}
