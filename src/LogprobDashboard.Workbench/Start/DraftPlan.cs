using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;

namespace LogprobDashboard.Workbench.Start;

/// <summary>What a draft stands on, as it is now. <paramref name="Dataset"/> is null where none was chosen or it is gone; <paramref name="DefaultEndpointId"/> where there is no endpoint at all.</summary>
public sealed record DraftGround(DatasetRecord? Dataset, IReadOnlyList<EndpointRecord> Endpoints, string? DefaultEndpointId);

/// <summary>A prompt filled in for a sample, or why it cannot be.</summary>
public sealed record FilledPrompt(IReadOnlyList<PromptMessage> Messages, string? Problem);

/// <summary>
/// What a draft comes to: every default filled in, everything that is wrong by field (<c>datasetId</c>, <c>labels</c>, <c>labels[0]</c> …, <c>name</c>, <c>system</c>,
/// <c>user</c>, <c>endpointId</c>, <c>samples</c>), and what will spoil the numbers unless it is seen to.
/// </summary>
public sealed class DraftPlan
{
    /// <summary>A first run is a trial: enough to see that a prompt works, cheap enough for any endpoint.</summary>
    public const int UsualSamples = 100;

    private readonly DraftGround _ground;
    private PromptPair? _prompt;
    private readonly Dictionary<string, IReadOnlyList<string>> _problems = new(StringComparer.Ordinal);

    private DraftPlan(DraftContent content, DraftGround ground)
    {
        _ground = ground;
        Content = content;
        Labels = Drafting.ToLabels(content);
        var suggested = Labels.Count > 0 && Labels.All(label => label.Name.Length > 0) ? PromptSuggestion.For(Labels) : new FirstPrompt("", PromptSuggestion.Text);
        (System, User) = (content.System ?? suggested.System, content.User ?? suggested.User);
        Name = content.Name ?? ground.Dataset?.Name ?? content.DatasetName ?? "";
        Rows = ground.Dataset?.RowCount ?? 0;
        Samples = content.Samples ?? Math.Min(UsualSamples, Math.Max(Rows, 1));
        Endpoint = ground.Endpoints.FirstOrDefault(endpoint => endpoint.Id == (content.EndpointId ?? ground.DefaultEndpointId));
    }

    public DraftContent Content { get; }

    public string Name { get; }

    public IReadOnlyList<ExperimentLabel> Labels { get; }

    /// <summary>The chosen one; else the rarer of two, or the first. Null without labels.</summary>
    public string? PositiveLabel { get; private set; }

    public string System { get; }

    public string User { get; }

    /// <summary>The dataset's samples.</summary>
    public int Rows { get; }

    /// <summary>How many samples the first run is about.</summary>
    public int Samples { get; }

    public EndpointRecord? Endpoint { get; }

    /// <summary>Messages by field; a field without is not in it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Problems => _problems;

    /// <summary>What is wrong with the label at a place.</summary>
    public IReadOnlyList<string> ProblemsOf(int label) => _problems.GetValueOrDefault(FormattableString.Invariant($"labels[{label}]")) ?? [];

    /// <summary>Mistakes in the templates, at their places.</summary>
    public IReadOnlyList<PromptProblem> PromptProblems { get; private set; } = [];

    /// <summary>What is allowed in a prompt and yet hardly meant.</summary>
    public string? PromptAdvice { get; private set; }

    /// <summary>What a template can have put in.</summary>
    public IReadOnlyList<PromptField> PromptFields => _ground.Dataset is { } dataset ? Scope.Fields(dataset.TextColumn) : [];

    /// <summary>Label words that one answer token may not tell apart.</summary>
    public IReadOnlyList<LabelWordClash> Alike { get; private set; } = [];

    /// <summary>Everything else that should be seen to before numbers are believed.</summary>
    public IReadOnlyList<ExperimentWarning> Warnings { get; private set; } = [];

    public int AnswerTokens => Endpoint?.AnswerTokens ?? EndpointDefaults.AnswerTokens;

    /// <summary>What a template may name.</summary>
    public PromptScope Scope => new(_ground.Dataset?.Columns ?? [PromptScope.Text], _ground.Dataset?.LabelColumn, [.. Labels.Select(label => label.Name)]);

    /// <summary>Words such as A and B, or AA and AB, for which one answer token may be too few at some servers.</summary>
    public bool HasLongCodes => LetterCodes.AreUsedBy(Labels) && Labels.Count > LetterCodes.MostOfOneLetter;

    public bool IsDataReady => !_problems.ContainsKey("datasetId");

    public bool AreLabelsReady => !_problems.Keys.Any(name => name.StartsWith("labels", StringComparison.Ordinal));

    /// <summary>The experiment can be made; to run it takes an endpoint and a number of samples, too.</summary>
    public bool CanCreate => _problems.Keys.All(name => name is "samples" or "endpoint");

    public bool CanRun => _problems.Count == 0;

    public static DraftPlan Of(DraftContent content, DraftGround ground)
    {
        var plan = new DraftPlan(content, ground);
        plan.CheckData();
        plan.CheckLabels();
        plan.CheckPrompt();
        plan.CheckEndpoint();
        return plan;
    }

    public ExperimentInput ToExperiment() => new(Name, Content.DatasetId, Endpoint?.Id, Labels, PositiveLabel);

    public FilledPrompt Preview(SampleRecord sample)
    {
        if (_prompt is null)
            return new FilledPrompt([], "The template has a mistake; mended, it is shown here as it is sent.");
        try
        {
            return new FilledPrompt(_prompt.Render(sample), null);
        }
        catch (PromptRenderingException exception)
        {
            return new FilledPrompt([], exception.Message);
        }
    }

    /// <summary>Those of words that are alike included, as the API tells them.</summary>
    internal IReadOnlyList<ExperimentWarning> AllWarnings() => AreLabelsReady
        ? LabelRules.Warnings(Labels, _ground.Dataset, AnswerTokens)
        : [.. _problems.Where(field => field.Key.StartsWith("labels", StringComparison.Ordinal)).SelectMany(field => field.Value).Select(message => new ExperimentWarning("labelsUnusable", message))];

    private void CheckData()
    {
        if (Content.DatasetId is null)
            Add("datasetId", "No dataset is chosen yet.");
        else if (_ground.Dataset is null)
            Add("datasetId", $"The dataset \"{Content.DatasetName}\" was deleted. Choose another; everything else of this draft is still here.");
        if (string.IsNullOrWhiteSpace(Name))
            Add("name", "The experiment has no name.");
    }

    private void CheckLabels()
    {
        foreach (var problem in LabelSet.Check(Labels.Select(label => new LabelDefinition(label.Name, label.Words ?? []))))
        {
            var index = problem.Label.Length > 0 || Labels.Count >= 2 ? Labels.ToList().FindLastIndex(label => label.Name == problem.Label) : -1;
            Add(index < 0 ? "labels" : FormattableString.Invariant($"labels[{index}]"), problem.Message);
        }

        if (!AreLabelsReady)
            return;
        Alike = new LabelSet(Labels.Select(label => new LabelDefinition(label.Name, label.Words ?? []))).Clashes;
        PositiveLabel = Labels.FirstOrDefault(label => label.Name == Content.PositiveLabel?.Trim())?.Name;
        if (_ground.Dataset is not { } dataset)
            return;
        PositiveLabel ??= LabelRules.PositiveLabel(null, Labels, dataset);
        Warnings = [.. LabelRules.Warnings(Labels, dataset, AnswerTokens).Where(warning => warning.Code != "labelWordsAlike")];
    }

    private void CheckPrompt()
    {
        if (_ground.Dataset is not { } dataset)
            return;
        (_prompt, PromptProblems) = PromptPair.TryParse(System, User, Scope, dataset);
        if (_prompt is { ReadsTheSample: false })
            PromptAdvice = "Neither template uses {{ text }}: every sample would be asked the same.";
        foreach (var problem in PromptProblems)
            Add(problem.Field, FormattableString.Invariant($"Line {problem.Line}, column {problem.Column}: {problem.Message}"));
    }

    private void CheckEndpoint()
    {
        if (Endpoint is null && Content.EndpointId is not null)
            Add("endpointId", "The endpoint was deleted. Choose another.");
        else if (Endpoint is null)
            Add("endpoint", "There is no endpoint yet: without one nothing can be run.");
        if (Samples < 1 || (Rows > 0 && Samples > Rows))
            Add("samples", FormattableString.Invariant($"Choose from 1 to {Rows:N0} samples."));
    }

    private void Add(string field, string message) => _problems[field] = [.. _problems.GetValueOrDefault(field) ?? [], message];
}
