using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Compare;

/// <summary>Runs of one experiment over each other, or beside each other.</summary>
public sealed partial class ComparePage
{
    private static readonly ResamplingRequest Resampling = new();

    private CompareState _state = CompareState.Default;
    private IReadOnlyList<RunChoice>? _progress;
    private RefreshLoop? _refresh;
    private readonly CancellationTokenSource _left = new();
    private (CompareScreen Of, CompareScreen Full)? _late;
    private CompareScreen? _beingJudged;
    private bool _unseen;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    [SupplyParameterFromQuery]
    public string? Positive { get; set; }

    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    [SupplyParameterFromQuery]
    public string? Threshold { get; set; }

    [SupplyParameterFromQuery]
    public string? Layout { get; set; }

    [SupplyParameterFromQuery]
    public string? Matrix { get; set; }

    [SupplyParameterFromQuery]
    public string? Baseline { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private CompareQueries Queries { get; set; } = null!;

    [Inject]
    private ComparisonQueries Comparisons { get; set; } = null!;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Title => Screen is null ? "Compare · LogprobDashboard" : $"Compare · {Screen.View.ExperimentName} · LogprobDashboard";

    /// <summary>The screen, with what was worked out after it was there.</summary>
    private CompareScreen Shown => _late is { } late && late.Of == Screen ? late.Full : Screen!;

    /// <summary>Runs that go on are tested once they are over.</summary>
    private static bool IsOver(CompareView view) => view.Runs.All(run => view.Choices.All(choice => choice.RunId != run.RunId || !choice.IsUnderWay));

    private string? WhyNoIntervals => Screen is null || Screen.Rows.Count == 0 ? null : IsOver(Screen.View) ? "95 % intervals are being worked out." : "95 % intervals come once the runs are over.";

    /// <summary>How far the runs are by now.</summary>
    private IReadOnlyList<RunChoice> Choices => _progress ?? Screen?.View.Choices ?? [];

    private bool IsWaiting => Problem is null && Screen is not null && (Choices.Count == 0 || Choices.Any(choice => choice.IsUnderWay));

    private IReadOnlyList<Segment> LayoutChoices =>
    [
        new("Over each other", AddressOf(_state.WithLayout(CompareLayout.OverEachOther)), _state.Layout == CompareLayout.OverEachOther),
        new("Small multiples", AddressOf(_state.WithLayout(CompareLayout.Multiples)), _state.Layout == CompareLayout.Multiples),
    ];

    protected override object ReadState() => _state = CompareState.Parse(Runs, Positive, Rule, Threshold, Layout, Matrix, Baseline);

    protected override async Task<CompareScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var before = Screen;
        var view = await Queries.ViewAsync(Id, _state.ToRequest(), cancellationToken);
        var uncertainty = IsOver(view) && ComparisonQueries.IsCheap(view, Resampling) ? await Comparisons.UncertaintyAsync(view, _state.Baseline, Resampling, cancellationToken) : null;
        var screen = CompareScreen.Of(await Experiments.SummaryAsync(Id, cancellationToken), view, before, uncertainty);
        _progress = null;
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
        if (Screen is not { Uncertainty: null, Rows.Count: > 0 } screen || _beingJudged == screen || !IsOver(screen.View))
            return;
        _beingJudged = screen;
        try
        {
            var uncertainty = await Comparisons.UncertaintyAsync(screen.View, _state.Baseline, Resampling, _left.Token);
            if (screen != Screen)
                return;
            _late = (screen, CompareScreen.Of(screen.Experiment, screen.View, screen, uncertainty));
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

    private void ChooseRuns(IReadOnlyList<string> runs) => Show(_state.WithRuns(runs));

    /// <summary>The first run is the baseline by default, and is left out of the address.</summary>
    private void ChooseBaseline(string? runId) => Show(_state.WithBaseline(runId == Screen?.View.Runs[0].RunId ? null : runId));

    private void ChoosePositive(string label) => Show(_state.WithPositive(label));

    private void ChooseRule(CompareRule rule) => Show(_state.WithRule(rule));

    private void ChooseThreshold(double threshold) => Show(_state.WithThreshold(threshold));

    private void ChoosePoint(ChartHit hit)
    {
        if (Screen is not null && CompareSeries.ThresholdAt(Screen.Rows, hit) is { } threshold)
            ChooseThreshold(threshold);
    }

    private void Show(CompareState state) => Navigation.NavigateTo(AddressOf(state));

    /// <summary>The experiment's own positive label is left out of the address: it is the default.</summary>
    private string AddressOf(CompareState state) => (state.Positive == Screen?.Experiment.PositiveLabel ? state.WithPositive(null) : state).AddressOf(Id);
}
