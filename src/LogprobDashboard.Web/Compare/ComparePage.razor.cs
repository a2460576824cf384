using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Compare;

/// <summary>Runs of one experiment over each other, or beside each other.</summary>
public sealed partial class ComparePage
{
    private CompareState _state = CompareState.Default;
    private IReadOnlyList<RunChoice>? _progress;
    private RefreshLoop? _refresh;
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

    protected override string? Subject => Id;

    [Inject]
    private CompareQueries Queries { get; set; } = null!;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Title => Screen is null ? "Compare · LogprobDashboard" : $"Compare · {Screen.View.ExperimentName} · LogprobDashboard";

    /// <summary>How far the runs are by now.</summary>
    private IReadOnlyList<RunChoice> Choices => _progress ?? Screen?.View.Choices ?? [];

    private bool IsWaiting => Problem is null && Screen is not null && (Choices.Count == 0 || Choices.Any(choice => choice.IsUnderWay));

    private IReadOnlyList<Segment> LayoutChoices =>
    [
        new("Over each other", AddressOf(_state.WithLayout(CompareLayout.OverEachOther)), _state.Layout == CompareLayout.OverEachOther),
        new("Small multiples", AddressOf(_state.WithLayout(CompareLayout.Multiples)), _state.Layout == CompareLayout.Multiples),
    ];

    protected override object ReadState() => _state = CompareState.Parse(Runs, Positive, Rule, Threshold, Layout, Matrix);

    protected override async Task<CompareScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var before = Screen;
        var screen = CompareScreen.Of(await Experiments.SummaryAsync(Id, cancellationToken), await Queries.ViewAsync(Id, _state.ToRequest(), cancellationToken), before);
        _progress = null;
        return screen;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!RendererInfo.IsInteractive || _unseen || !IsWaiting)
            return;
        _refresh ??= new RefreshLoop(Time);
        _refresh.Start(LookAsync, DispatchExceptionAsync);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _refresh?.Dispose();
        base.Dispose(disposing);
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
