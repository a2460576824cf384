using System.Globalization;
using LogprobDashboard.Workbench.Prompts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Prompts;

/// <summary>Edits the two templates of a prompt; a mistake stands at its line.</summary>
public sealed partial class PromptEditor : IAsyncDisposable
{
    private const int ButtonFields = 8;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private (string System, string User) _first;
    private (string System, string User) _inBrowser;
    private (bool System, bool User) _toWrite;
    private string _drawn = "|";
    private bool _disposed;

    [Parameter, EditorRequired]
    public string System { get; set; } = "";

    [Parameter]
    public EventCallback<string> SystemChanged { get; set; }

    [Parameter, EditorRequired]
    public string User { get; set; } = "";

    [Parameter]
    public EventCallback<string> UserChanged { get; set; }

    [Parameter]
    public IReadOnlyList<PromptProblem> Problems { get; set; } = [];

    /// <summary>What the insert buttons offer.</summary>
    [Parameter]
    public IReadOnlyList<PromptField> Fields { get; set; } = [];

    /// <summary>Unique on the page.</summary>
    [Parameter]
    public string IdPrefix { get; set; } = "prompt";

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Where the browser keeps what is typed, at every key and without the server, under this and the name of the field; null: nowhere. <see cref="PromptDrafts"/> reads it again.</summary>
    [Parameter]
    public string? DraftKey { get; set; }

    /// <summary>The version that the words were written from, kept beside them.</summary>
    [Parameter]
    public int? DraftBase { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_editor is not null)
            {
                await _editor.InvokeVoidAsync("destroy");
                await _editor.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the editor with it.
        }
    }

    protected override void OnInitialized() => _first = _inBrowser = (System, User);

    /// <summary>The owner follows what is typed key by key; a text that was not typed last comes from elsewhere.</summary>
    protected override void OnParametersSet()
    {
        _toWrite = (System != _inBrowser.System || _toWrite.System, User != _inBrowser.User || _toWrite.User);
        _inBrowser = (System, User);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
                await StartAsync();
            await ShowAsync();
        }
        catch (JSDisconnectedException)
        {
            // Left meanwhile.
        }
    }

    private async Task StartAsync()
    {
        _module = await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/promptEditor.js");
        if (!_disposed)
            _editor = await _module.InvokeAsync<IJSObjectReference>("attach", _root);
    }

    /// <summary>Has the browser draw what it cannot know by itself.</summary>
    private async Task ShowAsync()
    {
        var wrong = WrongPlaces(PromptProblem.System) + "|" + WrongPlaces(PromptProblem.User);
        if (_editor is null || (_drawn == wrong && _toWrite == default))
            return;
        var (system, user) = (_toWrite.System ? _inBrowser.System : null, _toWrite.User ? _inBrowser.User : null);
        (_drawn, _toWrite) = (wrong, default);
        await _editor.InvokeVoidAsync("show", system, user);
    }

    private Task TypeAsync(string field, string? typed)
    {
        var text = typed ?? "";
        if (field == PromptProblem.System)
        {
            (_inBrowser.System, _toWrite.System) = (text, false);
            return SystemChanged.InvokeAsync(text);
        }

        (_inBrowser.User, _toWrite.User) = (text, false);
        return UserChanged.InvokeAsync(text);
    }

    private string IdOf(string field) => $"{IdPrefix}-{field}";

    private string ProblemId(string field) => $"{IdPrefix}-{field}-problems";

    private IEnumerable<PromptProblem> Wrong(string field) => Problems.Where(problem => problem.Field == field);

    /// <summary>"3:9 5:1", for the browser.</summary>
    private string? WrongPlaces(string field)
    {
        var places = string.Join(' ', Wrong(field).Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column}")));
        return places.Length == 0 ? null : places;
    }
}
