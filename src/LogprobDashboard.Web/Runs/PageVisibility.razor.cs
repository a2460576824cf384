using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Runs;

/// <summary>Tells when the page goes out of sight (another tab, a minimised window) and comes back.</summary>
public sealed partial class PageVisibility : IAsyncDisposable
{
    private IJSObjectReference? _watch;
    private IJSObjectReference? _module;
    private DotNetObjectReference<PageVisibility>? _self;
    private bool _disposed;

    /// <summary>Whether the page can be seen; told on every change, and once at first where it is hidden.</summary>
    [Parameter]
    public EventCallback<bool> VisibleChanged { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    [JSInvokable]
    public Task ReportVisibilityAsync(bool visible) => VisibleChanged.InvokeAsync(visible);

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _self?.Dispose();
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("stop");
                await _watch.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listener with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/pageVisibility.js");
            if (_disposed)
                return;
            _self = DotNetObjectReference.Create(this);
            _watch = await _module.InvokeAsync<IJSObjectReference>("watch", _self);
        }
        catch (JSDisconnectedException)
        {
            // Left before it began.
        }
    }
}
