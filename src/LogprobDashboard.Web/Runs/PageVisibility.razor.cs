using LogprobDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Runs;

/// <summary>Tells when the page goes out of sight (another tab, a minimised window) and comes back.</summary>
public sealed partial class PageVisibility : IAsyncDisposable
{
    private readonly BrowserObject _watch = new("pageVisibility.js", end: "stop");
    private DotNetObjectReference<PageVisibility>? _self;

    /// <summary>Whether the page can be seen; told on every change, and once at first where it is hidden.</summary>
    [Parameter]
    public EventCallback<bool> VisibleChanged { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    [JSInvokable]
    public Task ReportVisibilityAsync(bool visible) => VisibleChanged.InvokeAsync(visible);

    public ValueTask DisposeAsync()
    {
        _self?.Dispose();
        return _watch.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _watch.MakeAsync(JavaScript, "watch", _self = DotNetObjectReference.Create(this));
    }
}
