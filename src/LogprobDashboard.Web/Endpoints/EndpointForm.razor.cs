using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Endpoints;

public sealed partial class EndpointForm
{
    private static readonly string[] AdvancedFields = ["maxConcurrency", "requestsPerMinute", "tokensPerMinute", "timeoutSeconds", "answerTokens", "temperature", "outputLimitField", "promptTokenPrice", "completionTokenPrice", "extraBody"];

    private static readonly string[] Fields = ["name", "model", "baseUrl", "topLogprobs", "apiKey", "apiKeyVariable", .. AdvancedFields];

    private EndpointDraft _draft = new();
    private IReadOnlyDictionary<string, string> _unreadable = new Dictionary<string, string>();
    private string? _filledFrom;
    private bool _advanced;

    /// <summary>The endpoint that is changed; null for a new one.</summary>
    [Parameter]
    public EndpointRecord? Stored { get; set; }

    /// <summary>What a new one is filled in with.</summary>
    [Parameter]
    public EndpointPreset? Preset { get; set; }

    [Parameter]
    public EventCallback<EndpointInput> OnSave { get; set; }

    [Parameter]
    public EventCallback<EndpointInput> OnTest { get; set; }

    [Parameter]
    public EventCallback<EndpointInput> OnProbe { get; set; }

    /// <summary>Why it could not be saved, tested or probed.</summary>
    [Parameter]
    public UserErrorException? Problem { get; set; }

    [Parameter]
    public EndpointTest? Test { get; set; }

    [Parameter]
    public EndpointProbe? Probe { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter]
    public bool Testing { get; set; }

    [Parameter]
    public bool Probing { get; set; }

    /// <summary>What is known of the server.</summary>
    private EndpointPreset? Known => (Stored is null ? Preset : null) ?? EndpointPresets.ForAddress(_draft.BaseUrl);

    private string TopHint => Known is { } known ? $"Alternatives at each position; {known.Name} gives {Figures.Count(known.TopLogprobsLimit)} at most." : "Alternatives at each position.";

    private string? TopWarning => int.TryParse(_draft.TopLogprobs.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && EndpointWarnings.Of(_draft.BaseUrl, asked) is [var warning, ..] ? warning : null;

    private IReadOnlyList<Segment> Presets =>
    [
        .. EndpointPresets.All.Select(preset => new Segment(preset.Name, new EndpointsState(null, preset.Id).Address(), preset.Id == Preset?.Id)),
        new Segment("Other", new EndpointsState(null, EndpointsState.Blank).Address(), Preset is null),
    ];

    /// <summary>Where to look, or what is wrong that no field is to blame for.</summary>
    private string? General => Fields.Count(name => Error(name) is not null) switch
    {
        1 => "One field above needs a change.",
        > 1 and var count => $"{Figures.Count(count)} fields above need a change.",
        _ => Problem is null ? null : $"{Problem.Title} {Problem.Detail}",
    };

    protected override void OnParametersSet()
    {
        var from = Stored is not null ? $"edit {Stored.Id}" : $"new {Preset?.Id}";
        if (_filledFrom == from)
            return;
        if (Stored is not null)
            _draft = EndpointDraft.Of(Stored);
        else if (Preset is not null)
            _draft.Apply(Preset);
        _filledFrom = from;
        _unreadable = new Dictionary<string, string>();
    }

    private string? Error(string field) => _unreadable.TryGetValue(field, out var text) ? text
        : _unreadable.Count == 0 && Problem?.Errors.TryGetValue(field, out var messages) == true ? string.Join(" ", messages.Select(message => Plain(field, message))) : null;

    /// <summary>The label stands above: the field's name in the API need not be read again.</summary>
    private static string Plain(string field, string message) => message.StartsWith(field + " ", StringComparison.Ordinal) ? "It" + message[field.Length..] : message;

    private void ChangeLimitField(ChangeEventArgs change)
    {
        if (Enum.TryParse<OutputLimitField>((string?)change.Value, out var field))
            _draft.OutputLimitField = field;
    }

    private Task SaveAsync() => _draft.ToInput(out _unreadable) is { } input ? OnSave.InvokeAsync(input) : Task.CompletedTask;

    private Task TestAsync() => _draft.ToInput(out _unreadable) is { } input ? OnTest.InvokeAsync(input) : Task.CompletedTask;

    private Task ProbeAsync() => _draft.ToInput(out _unreadable) is { } input ? OnProbe.InvokeAsync(input) : Task.CompletedTask;
}
