using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Start;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogprobDashboard.Web.Prompts;

/// <summary>Prompt variants side by side: written, filled in for a sample, tried, saved. What a person does in a card is in <c>PromptsPage.Actions.cs</c>.</summary>
public sealed partial class PromptsPage
{
    private PromptsState _state = PromptsState.Default;
    private PromptBench? _bench;
    private PromptDrafts? _drafts;
    private string _subjectId = "";
    private string _ownText = "";
    private UserErrorException? _endpointProblem;
    private string? _resumed;
    private bool _isReady;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Variants { get; set; }

    [SupplyParameterFromQuery]
    public string? Sample { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    [SupplyParameterFromQuery]
    public string? Own { get; set; }

    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Invisible { get; set; }

    [SupplyParameterFromQuery]
    public string? Panes { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private ExperimentsQueries Experiments { get; set; } = null!;

    [Inject]
    private ExperimentsService ExperimentsService { get; set; } = null!;

    [Inject]
    private EndpointsQueries Endpoints { get; set; } = null!;

    [Inject]
    private VariantsQueries VariantsQueries { get; set; } = null!;

    [Inject]
    private VariantsService VariantsService { get; set; } = null!;

    [Inject]
    private PreviewSamples Samples { get; set; } = null!;

    [Inject]
    private PromptChecks Checks { get; set; } = null!;

    [Inject]
    private TryService Trying { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private string Title => Screen is null ? "Prompts · LogprobDashboard" : $"Prompts · {Screen.Experiment.Name} · LogprobDashboard";

    private PromptBench Bench => _bench ??= new PromptBench(Checks, Trying, VariantsService, Time);

    private PromptDrafts Drafts => _drafts ??= new PromptDrafts(JavaScript);

    /// <summary>What the cards on the page are filled in for.</summary>
    private PreviewSubject Subjects => SubjectOf(Screen?.Sample);

    private bool CanTry => _isReady && Screen?.Experiment.EndpointId is not null && (_state.Own || Screen.Sample is not null);

    /// <summary>Only where the browser keeps nothing: else everything typed is still there later.</summary>
    private bool MustAskBeforeLeaving => _drafts is { CanKeep: false } && Bench.UnsavedCount > 0;

    protected override object ReadState()
    {
        if (_subjectId != Id)
        {
            Bench.Clear();
            (_subjectId, _resumed, _isReady, _ownText) = (Id, null, false, "");
        }

        _state = PromptsState.Parse(Variants, Sample, Label, Own, Text, Invisible, Panes);
        _ownText = _state.Text ?? _ownText;
        return _state;
    }

    protected override async Task<PromptsScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var state = _state;
        var record = await Experiments.GetAsync(Id, cancellationToken);
        var variants = await VariantsQueries.ListAsync(Id, cancellationToken);
        var versions = new Dictionary<string, IReadOnlyList<VariantVersionRecord>>();
        foreach (var pane in state.Panes.Where(pane => variants.Any(variant => variant.Id == pane.VariantId)))
            versions[pane.VariantId] = await VariantsQueries.VersionsAsync(Id, pane.VariantId, cancellationToken);
        var sample = await Samples.AtAsync(Id, state.Sample, state.Label, cancellationToken) ?? await Samples.AtAsync(Id, state.Sample, null, cancellationToken);
        var endpoints = record.EndpointId is null ? (await Endpoints.ListAsync(null, 1000, cancellationToken)).Items : [];
        var checks = new Dictionary<string, CheckedPrompt>();
        foreach (var id in PromptsScreen.Shown(state, variants))
            checks[id] = await Bench.CheckAsync(WorkOf(id, variants, record.Labels), SubjectOf(sample), cancellationToken);
        var fields = checks.Values.First().Check.Fields;
        return new PromptsScreen(
            await Experiments.SummaryAsync(Id, cancellationToken), record.Warnings, variants, await VariantsQueries.UsesAsync(Id, cancellationToken), versions, endpoints, sample, fields, checks);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Screen is null || _resumed == Id)
            return;
        _resumed = Id; // once: a second reading would bring back older words over what is typed meanwhile
        try
        {
            await ResumeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bench?.Dispose();
            _ = _drafts?.DisposeAsync().AsTask();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes up what the browser kept.</summary>
    private async Task ResumeAsync()
    {
        var id = Id;
        var (words, ownText) = await Drafts.LoadAsync(id);
        if (id != Id || Screen is null)
            return;
        foreach (var variant in Screen.Variants.Where(variant => words.ContainsKey(variant.Id)))
        {
            var kept = words[variant.Id];
            var work = Bench.Of(variant);
            work.Resume(kept.System, kept.User, null, variant with { Version = kept.Version is > 0 and { } version && version <= variant.Version ? version : variant.Version });
            if (!work.IsUnsaved)
                await Drafts.ForgetAsync(id, variant.Id);
        }

        if (words.TryGetValue(PromptsState.NewVariant, out var begun))
            WorkOf(PromptsState.NewVariant).Resume(begun.System, begun.User, begun.Name, null);
        if (_state.Text is null)
            _ownText = ownText ?? "";
        _isReady = true;
        StateHasChanged();
        if (Bench.UnsavedCount > 0 || _state.Own)
            await ShowCheckAsync(CheckShownAsync());
    }

    private async Task CheckShownAsync()
    {
        if (Screen is null)
            return;
        await Task.WhenAll(PromptsScreen.Shown(_state, Screen.Variants).Select(WorkOf).Select(work => Bench.CheckSoonAsync(work, Subjects)));
    }

    private PreviewSubject SubjectOf(PreviewSample? sample) => _state.Own || sample is null ? new PreviewSubject(Id, null, _ownText) : new PreviewSubject(Id, sample.Sample.Index, null);

    private VariantWork WorkOf(string id)
    {
        var work = WorkOf(id, Screen!.Variants, Screen.Experiment.Labels);
        if (Screen.Checks.TryGetValue(id, out var check) && check.Key == work.KeyFor(Subjects) && work.Checked?.Key != check.Key)
            work.Accept(check);
        return work;
    }

    private VariantWork WorkOf(string id, IReadOnlyList<VariantRecord> variants, IReadOnlyList<ExperimentLabel> labels) =>
        variants.FirstOrDefault(variant => variant.Id == id) is { } known
            ? Bench.Of(known)
            : Bench.OfNew(variants.Count == 0 ? "first" : FormattableString.Invariant($"variant {variants.Count + 1}"), PromptSuggestion.For(labels));

    private bool IsUnsaved(string id) => Bench.Find(id)?.IsUnsaved == true && id != PromptsState.NewVariant;

    private IReadOnlyList<string> RunnableOf(IReadOnlyList<string> shown) => [.. shown.Where(id => id != PromptsState.NewVariant)];

    private string RunAddress(IReadOnlyList<string> runnable) => $"{AppRoutes.RunsOf(Id)}?variants={string.Join(',', runnable)}";

    private void Show(IReadOnlyList<string> shown) => Show(_state.WithVariants(shown));

    private void Show(PromptsState state, bool replace = false) => Navigation.NavigateTo(state.AddressOf(Id), replace: replace);

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (!MustAskBeforeLeaving || new Uri(Navigation.ToAbsoluteUri(context.TargetLocation).ToString()).AbsolutePath == Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath)
            return;
        if (!await Dialogs.ConfirmLeavingAsync("Leave with unsaved words?", "This browser keeps nothing for this site, so what you typed and did not save would be gone.", "Leave"))
            context.PreventNavigation();
    }
}
