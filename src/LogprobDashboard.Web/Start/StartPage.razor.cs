using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Start;

/// <summary>An experiment in three steps: the data, its labels, a prompt and an endpoint. Everything is kept as it is written.</summary>
public sealed partial class StartPage
{
    private const int DatasetsAPage = 12;

    private StartState _state = StartState.Default;
    private IDisposable? _leaving;
    private DraftEditing? _editing;
    private DraftPlan? _plan;
    private string? _failure;
    private bool _creating;
    private bool _choosing;
    private bool _left;

    [Parameter]
    public string? DraftId { get; set; }

    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    [SupplyParameterFromQuery]
    public string? Dataset { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? SearchText { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? Sample { get; set; }

    protected override string? Subject => DraftId;

    [Inject]
    private DraftsQueries Drafts { get; set; } = null!;

    [Inject]
    private DraftsService Commands { get; set; } = null!;

    [Inject]
    private DraftCompletion Completion { get; set; } = null!;

    [Inject]
    private StartQueries Start { get; set; } = null!;

    [Inject]
    private EndpointsService Endpoints { get; set; } = null!;

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

    private string Title => $"New experiment · {(Screen?.Step ?? _state.Step ?? DraftStep.Data) switch { DraftStep.Data => "Data", DraftStep.Labels => "Labels", _ => "Prompt and endpoint" }} · LogprobDashboard";

    /// <summary>The draft as it is being written; null where there is none yet.</summary>
    private DraftEditing? Editing
    {
        get
        {
            if (Screen?.Draft is not { } draft)
                return null;
            if (_editing?.Id != draft.Id)
            {
                _editing?.Dispose();
                _editing = new DraftEditing(draft, (id, change) => Commands.SaveAsync(id, change, CancellationToken.None), InvokeAsync, ShowSaving, Time);
                _plan = null;
            }

            return _editing;
        }
    }

    private DraftPlan? Plan => Editing is { } editing && Screen is { } screen
        ? _plan is { } plan && ReferenceEquals(plan.Content, editing.Content) ? plan : _plan = DraftPlan.Of(editing.Content, screen.Ground)
        : null;

    private string? GoneDataset => Screen is { Draft: not null, Ground.Dataset: null } && Editing?.Content is { DatasetId: not null } content ? content.DatasetName : null;

    protected override object ReadState() => _state = StartState.Parse(Step, Dataset, SearchText, Page, Sample);

    protected override async Task<StartScreen> LoadAsync(CancellationToken cancellationToken)
    {
        if (_editing is { } editing)
            await editing.FlushAsync();
        var draft = DraftId is null ? null : await Drafts.GetAsync(DraftId, cancellationToken);
        if (draft is not null && _editing?.Id == draft.Id)
            _editing.Meet(draft);
        var content = (_editing?.Id == draft?.Id ? _editing?.Content : null) ?? draft?.Content ?? new DraftContent();
        var ground = await Start.GroundAsync(content, cancellationToken);
        var step = draft is null ? DraftStep.Data : _state.Step ?? content.Step;
        if (step != DraftStep.Data && ground.Dataset is null)
            step = DraftStep.Data;
        var index = ground.Dataset is { RowCount: > 0 } dataset ? Math.Min(_state.Sample, dataset.RowCount - 1) : 0;
        var sample = step == DraftStep.Prompt && ground.Dataset is { } data ? await Start.SampleAsync(data.Id, index, cancellationToken) : null;
        var datasets = step == DraftStep.Data ? await Start.DatasetsAsync(_state.Search, _state.Page, DatasetsAPage, cancellationToken) : null;
        (_plan, _failure) = (null, null);
        return new StartScreen(step, draft, ground, datasets, sample, index);
    }

    /// <summary>What an address asks for beyond showing is done once the page is alive, and not while it is prerendered.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            _leaving = Navigation.RegisterLocationChangingHandler(BeforeLeavingAsync);
        if (_state.Dataset is { } dataset && Screen is not null && !_choosing)
        {
            await ChooseAsync(dataset);
            StateHasChanged();
        }
        else if (Editing is { } editing && Screen is { } screen && editing.Content.Step != screen.Step && Busy == false && _state.Dataset is null)
        {
            Change(editing.Content with { Step = screen.Step });
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _leaving?.Dispose();
        if (disposing && _editing is { } editing)
        {
            _left = true;
            _ = editing.FlushAsync();
            editing.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Change(DraftContent content)
    {
        Editing?.Change(content);
        StateHasChanged();
    }

    /// <summary>What is saved on leaving has no page any more to show it.</summary>
    private void ShowSaving()
    {
        if (!_left)
            StateHasChanged();
    }
}
