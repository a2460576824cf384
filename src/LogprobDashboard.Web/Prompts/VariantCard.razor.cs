using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Prompts;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Prompts;

/// <summary>The card of one variant. It shows its <see cref="VariantWork"/> and reports what a person does.</summary>
public sealed partial class VariantCard
{
    [Parameter, EditorRequired]
    public PromptsScreen Screen { get; set; } = null!;

    [Parameter, EditorRequired]
    public PromptsState State { get; set; } = PromptsState.Default;

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Shown { get; set; } = [];

    [Parameter, EditorRequired]
    public VariantWork Work { get; set; } = null!;

    [Parameter, EditorRequired]
    public PreviewSubject Subject { get; set; } = null!;

    [Parameter]
    public EventCallback<CardAction> OnAction { get; set; }

    /// <summary>What the browser kept has been taken up.</summary>
    [Parameter]
    public bool Ready { get; set; }

    private string TitleId => $"variant-{Work.Id}-title";

    private string Title => Work.Newest?.Name ?? (string.IsNullOrWhiteSpace(Work.Name) ? "New variant" : Work.Name);

    private PromptPane Pane => Work.IsNew ? new PromptPane(Work.Id, PaneKind.Edit) : State.PaneOf(Work.Id);

    private IReadOnlyList<VariantVersionRecord> Versions => Screen.Versions.GetValueOrDefault(Work.Id, []);

    private string Facts
    {
        get
        {
            if (Work.Newest is not { } newest)
                return "not saved yet";
            var use = Screen.UseOf(Work.Id);
            var ran = use.NewestRuns switch { 0 => "not run", 1 => "ran", var runs => $"ran {Figures.Count(runs)} times" };
            return $"version {Figures.Count(newest.Version)}, {ran}{(use.Going > 0 ? ", a run is going" : "")}";
        }
    }

    private IReadOnlyList<Segment> Choices =>
    [
        SegmentOf("Edit", PaneKind.Edit),
        SegmentOf("Versions", PaneKind.Versions),
        SegmentOf("Diff", PaneKind.Diff),
    ];

    /// <summary>The mistakes of the last check, also while the next one is under way: they stand until it says otherwise.</summary>
    private IReadOnlyList<PromptProblem> Problems => Work.Checked?.Check.Problems ?? [];

    /// <summary>The last check, if it is of the words and the sample as they are now.</summary>
    private PromptCheck? Current => Work.Checked?.Key == Work.KeyFor(Subject) ? Work.Checked.Check : null;

    private bool CanSave => Ready && Work.IsUnsaved && !Work.IsSaving && !Work.IsBehind && Current is not { Problems.Count: > 0 };

    private string SaveWords => Work.IsSaving ? "Saving …" : Work.Newest is not { } newest ? "Save" : Work.IsUnsaved ? $"Save as version {newest.Version + 1}" : "Saved";

    private bool CanTry => Ready && Screen.Experiment.EndpointId is not null && Current is not { Problems.Count: > 0 } && (State.Own || Screen.Sample is not null);

    private string? WhyNot => CanTry || !Ready ? null : Screen.Experiment.EndpointId is null ? "The experiment has no endpoint to ask" : "The templates have a mistake";

    /// <summary>Why the answer below is not what a click would bring now.</summary>
    private string? Stale
    {
        get
        {
            if (Work.Tried is not { } tried)
                return null;
            if (tried.Key.Subject != Subject)
                return tried.Key.Subject.SampleIndex is { } index ? $"This answer belongs to sample {index}." : "This answer belongs to another text of your own.";
            if (tried.Key != Work.KeyFor(Subject))
                return "The prompt has changed since this answer.";
            return tried.Reading == Screen.Reading ? null : "The labels, their words or the endpoint have changed since this answer.";
        }
    }

    private string DiffAgainstNewest =>
        State.WithVariants(Shown).WithPane(new PromptPane(Work.Id, PaneKind.Diff, DiffSide.OfVersion(Work.Newest?.Version ?? 1), DiffSide.Now)).AddressOf(Screen.Experiment.Id);

    private Segment SegmentOf(string text, PaneKind kind) =>
        new(text, State.WithPane(new PromptPane(Work.Id, kind)).AddressOf(Screen.Experiment.Id), Pane.Kind == kind);

    private string? AddressOf(int? index) => index is { } there ? State.WithSample(there).AddressOf(Screen.Experiment.Id) : null;
}
