using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The samples that stand out in the chosen runs, and those of a cell of a confusion matrix.</summary>
public sealed partial class OutliersPage
{
    private OutliersState _state = OutliersState.Default;

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The whole query is the state; this part is asked for by name so that a change of the address is heard.</summary>
    [SupplyParameterFromQuery]
    public string? Runs { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private OutliersQueries Queries { get; set; } = null!;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Title => Screen is null ? "Outliers · LogprobDashboard" : $"Outliers · {Screen.Experiment.Name} · LogprobDashboard";

    protected override object ReadState()
    {
        var address = new Uri(Navigation.Uri);
        if (address.AbsolutePath != AppRoutes.OutliersOf(Id))
            return _state; // on the way to another page
        var query = QueryHelpers.ParseQuery(address.Query);
        return _state = OutliersState.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null);
    }

    protected override async Task<OutliersScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var (state, request) = (_state, _state.ToRequest());
        var view = await Queries.ViewAsync(Id, request, cancellationToken);
        var selected = state.Sample is { } sample && view.Runs.Count > 0 ? await Queries.RowAsync(Id, request, sample, cancellationToken) : null;
        return OutliersScreen.Of(await Experiments.SummaryAsync(Id, cancellationToken), state, view, selected);
    }

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
