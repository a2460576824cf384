using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Layout;

/// <summary>What a script of ours made for a component, and ends with it. A browser that is gone meanwhile is no error: what was there went with it.</summary>
/// <param name="script">Its file under <c>js/</c>.</param>
/// <param name="end">The function of the object that undoes what its making did.</param>
internal sealed class BrowserObject(string script, string end) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _made;
    private bool _disposed;

    public async Task MakeAsync(IJSRuntime javaScript, string make, params object?[] arguments)
    {
        try
        {
            _module = await javaScript.InvokeAsync<IJSObjectReference>("import", $"./js/{script}");
            if (!_disposed)
                _made = await _module.InvokeAsync<IJSObjectReference>(make, arguments);
            if (_disposed)
                await EndAsync(); // left while it was made
        }
        catch (JSDisconnectedException)
        {
            // Left before it began.
        }
    }

    /// <summary>Does nothing before the object is there.</summary>
    public async Task CallAsync(string function, params object?[] arguments)
    {
        if (_made is not null)
            await _made.InvokeVoidAsync(function, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            await EndAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _made, null) is { } made)
        {
            await made.InvokeVoidAsync(end);
            await made.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _module, null) is { } module)
            await module.DisposeAsync();
    }
}
