using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The samples that stand out in the chosen runs, and those of a cell of a confusion matrix.</summary>
public sealed partial class OutliersPage
{
    private OutliersState _state = OutliersState.Default;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    [SupplyParameterFromQuery]
    public string? By { get; set; }

    [SupplyParameterFromQuery]
    public string? Cut { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Shown { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    [SupplyParameterFromQuery]
    public string? Predicted { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Positive { get; set; }

    [SupplyParameterFromQuery]
    public string? Threshold { get; set; }

    [SupplyParameterFromQuery]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Sample { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private OutliersQueries Queries { get; set; } = null!;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Title => Screen is null ? "Outliers · LogprobDashboard" : $"Outliers · {Screen.Experiment.Name} · LogprobDashboard";

    protected override object ReadState() => _state = OutliersState.Parse(Read);

    protected override async Task<OutliersScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var (state, request) = (_state, _state.ToRequest());
        var view = await Queries.ViewAsync(Id, request, cancellationToken);
        var selected = state.Sample is { } sample && view.Runs.Count > 0 ? await Queries.RowAsync(Id, request, sample, cancellationToken) : null;
        return OutliersScreen.Of(await Experiments.SummaryAsync(Id, cancellationToken), state, view, selected);
    }

    private string? Read(string name) => name switch
    {
        "runs" => Runs,
        "by" => By,
        "cut" => Cut,
        "show" => Shown,
        "label" => Label,
        "predicted" => Predicted,
        "status" => Status,
        "positive" => Positive,
        "threshold" => Threshold,
        "outcome" => Outcome,
        "source" => Source,
        "q" => Q,
        "reason" => Reason,
        "sort" => Sort,
        "sample" => Sample,
        _ => null,
    };

    private void Show(OutliersState state) => Navigation.NavigateTo(state.AddressOf(Id));

    private void ShowSample(int? sample) => Show(_state.WithSample(sample));

    /// <summary>One step back in the browser undoes a whole drag: its first change adds to the history, those that follow take its place.</summary>
    private void CommitCut(CutChange change)
    {
        var state = _state.WithCut(change.Share);
        if (!state.Equals(_state))
            Navigation.NavigateTo(state.AddressOf(Id), replace: !change.IsFirst);
    }
}
