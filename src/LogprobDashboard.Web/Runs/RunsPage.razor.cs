using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Runs;

/// <summary>The runs of an experiment: a start, with what it costs, and how all of them go on.</summary>
public sealed partial class RunsPage
{
    private readonly LatestAnswer<RunCost> _cost = new();
    private readonly Dictionary<string, UserErrorException> _refusals = [];
    private RunsState _state = RunsState.Default;
    private (string Experiment, RunsState State)? _costOf;
    private UserErrorException? _startProblem;
    private bool _starting;
    private string? _acting;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Variants { get; set; }

    [SupplyParameterFromQuery]
    public string? Endpoint { get; set; }

    [SupplyParameterFromQuery(Name = "source")]
    public string[]? Sources { get; set; }

    [SupplyParameterFromQuery]
    public string? Limit { get; set; }

    [SupplyParameterFromQuery]
    public string? Seed { get; set; }

    [SupplyParameterFromQuery]
    public string? Cache { get; set; }

    [SupplyParameterFromQuery]
    public string? MaxTokens { get; set; }

    [SupplyParameterFromQuery]
    public string? MaxCost { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private ExperimentsService ExperimentsService { get; set; } = null!;

    [Inject]
    private DatasetsQueries Datasets { get; set; } = null!;

    [Inject]
    private VariantsQueries VariantsQueries { get; set; } = null!;

    [Inject]
    private EndpointsQueries EndpointsQueries { get; set; } = null!;

    [Inject]
    private RunsOverviewQueries Overviews { get; set; } = null!;

    [Inject]
    private RunCostQueries Costs { get; set; } = null!;

    [Inject]
    private RunsService Service { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private string Title => Screen is null ? "Runs · LogprobDashboard" : $"Runs · {Screen.Experiment.Name} · LogprobDashboard";

    protected override object ReadState() => _state = RunsState.Parse(Variants, Endpoint, Sources, Limit, Seed, Cache, MaxTokens, MaxCost, Before);

    protected override async Task<RunsScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var experiment = await Experiments.SummaryAsync(Id, cancellationToken);
        var dataset = await Datasets.GetAsync(experiment.DatasetId, cancellationToken);
        var screen = new RunsScreen(
            experiment,
            await VariantsQueries.ListAsync(Id, cancellationToken),
            (await EndpointsQueries.ListAsync(null, 1000, cancellationToken)).Items,
            dataset.Sources,
            dataset.Sources.Count == 0 ? 0 : dataset.RowCount - dataset.Sources.Sum(source => source.Count),
            await Overviews.OfAsync(Id, _state.Before, cancellationToken));
        _live = null; // what is loaded now is newer
        return screen;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        Listen();
        await CountAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopListening();
            _cost.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Counts what a start would cost, once for each choice, and again when <see cref="_costOf"/> was forgotten because answers came in.</summary>
    private async Task CountAsync()
    {
        if (Screen is null || Problem is not null || Screen.Variants.Count == 0 || Screen.ChosenEndpoint(_state) is null)
            return;
        var state = Screen.Tidy(_state);
        if (_costOf is { } known && known.Experiment == Id && known.State.CostsLike(state))
            return;
        _costOf = (Id, state);
        var counting = _cost.AskAsync(token => Costs.OfAsync(Id, (state with { MaxTokens = null, MaxCost = null }).ToInput(), token));
        StateHasChanged();
        if (await counting)
            StateHasChanged();
    }

    private void Choose(RunsState state)
    {
        _startProblem = null;
        Navigation.NavigateTo(state.AddressOf(Id), replace: true);
    }

    private async Task StartAsync()
    {
        (_starting, _startProblem) = (true, null);
        try
        {
            await Service.StartAsync(Id, Screen!.Tidy(_state).ToInput(), CancellationToken.None); // what was asked for is done, even if the page is left
        }
        catch (UserErrorException problem)
        {
            _startProblem = problem;
        }
        finally
        {
            _starting = false;
        }

        if (_startProblem is null && _state.Before is not null)
            Navigation.NavigateTo((_state with { Before = null }).AddressOf(Id));
        else
            await ReloadAsync();
    }

    private async Task AdoptAsync(string endpointId)
    {
        try
        {
            await ExperimentsService.ChangeAsync(Id, new ExperimentChange(EndpointId: endpointId), CancellationToken.None);
            await ReloadAsync();
        }
        catch (UserErrorException problem)
        {
            _startProblem = problem;
        }
    }

    private async Task ActAsync(RunRecord run, RunAction action)
    {
        if (action == RunAction.Delete && !await ConfirmDeletionAsync(run))
            return;
        await TryAsync(run, () => action switch
        {
            RunAction.Pause => Service.PauseAsync(run.Id, CancellationToken.None),
            RunAction.Resume => Service.ResumeAsync(run.Id, CancellationToken.None),
            RunAction.Cancel => Service.CancelAsync(run.Id, CancellationToken.None),
            RunAction.RetryFailed => Service.RetryFailedAsync(run.Id, CancellationToken.None),
            _ => DeleteAsync(run),
        });
    }

    private Task ResumeAsync(RunRecord run, BudgetChange budget) => TryAsync(run, () => Service.ResumeAsync(run.Id, budget, CancellationToken.None));

    private async Task<RunRecord> DeleteAsync(RunRecord run)
    {
        try
        {
            return await Service.DeleteAsync(run.Id, CancellationToken.None);
        }
        catch (UserErrorException refusal) when (refusal.Kind == UserErrorKind.NotFound)
        {
            return run; // another page was faster: it is gone, as was wanted
        }
    }

    private async Task TryAsync(RunRecord run, Func<Task<RunRecord>> act)
    {
        _refusals.Remove(run.Id);
        _acting = run.Id;
        try
        {
            await act();
        }
        catch (UserErrorException refusal)
        {
            _refusals[run.Id] = refusal;
        }
        finally
        {
            _acting = null;
        }

        await ReloadAsync();
    }

    private Task<bool> ConfirmDeletionAsync(RunRecord run) => Dialogs.ConfirmAsync(
        "Delete a run",
        $"{RunWords.Name(run)} and its {Figures.Count(run.Completed + run.Failed, "result", "results")} will be deleted.",
        "Delete the run",
        run.VariantId is null
            ? ["The recorded answers cannot be asked for again: keep the file that they came from."]
            : ["Its curves leave every comparison.", "The answers stay in the cache: the same run later costs no calls."]);
}
