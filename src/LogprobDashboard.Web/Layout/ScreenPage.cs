using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Layout;

/// <summary>
/// A page that shows one immutable record, and all of it follows from the page's address. A change of address loads a new record and cancels the load before it;
/// until the new one is there the old one stays, marked as busy. What was computed while prerendering is handed to the circuit, not computed again.
/// </summary>
public abstract class ScreenPage<TScreen> : ComponentBase, IDisposable
    where TScreen : class
{
    private CancellationTokenSource? _loading;
    private object? _state;
    private string? _subject;

    /// <summary>From the prerendered page to the interactive one.</summary>
    [PersistentState]
    public string? HandoverToken { get; set; }

    /// <summary>What is shown; null until the first load is over.</summary>
    protected TScreen? Screen { get; private set; }

    /// <summary>Why nothing can be shown.</summary>
    protected UserErrorException? Problem { get; private set; }

    /// <summary>A load is under way.</summary>
    protected bool Busy { get; private set; }

    /// <summary>The page's own thing, such as an experiment's id: where it changes nothing of the old screen is kept.</summary>
    protected virtual string? Subject => null;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Inject]
    private PrerenderHandover Handover { get; set; } = null!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the page's parameters into its state, a record; equal states show the same.</summary>
    protected abstract object ReadState();

    protected abstract Task<TScreen> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Loads again what the address names: something changed behind it.</summary>
    protected async Task ReloadAsync()
    {
        if (_loading is not null)
            await _loading.CancelAsync();
        _loading?.Dispose();
        var loading = _loading = new CancellationTokenSource();
        Busy = true;
        try
        {
            var screen = await LoadAsync(loading.Token);
            if (loading != _loading)
                return;
            (Screen, Problem, Busy) = (screen, null, false);
            if (!RendererInfo.IsInteractive)
                HandoverToken = Handover.Leave(screen);
        }
        catch (OperationCanceledException) when (loading != _loading || loading.IsCancellationRequested)
        {
            // A later choice took over, or the reader left.
        }
        catch (Exception) when (loading != _loading)
        {
            // Whatever went wrong with a choice that was left behind is nobody's business any more.
        }
        catch (UserErrorException problem)
        {
            (Problem, Busy) = (problem, false);
            if (problem.Kind == UserErrorKind.NotFound && Http is { Response.HasStarted: false })
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    protected sealed override async Task OnParametersSetAsync()
    {
        var state = ReadState();
        if (state.Equals(_state) && Subject == _subject)
            return;
        if (Subject != _subject)
            Screen = null;
        (_state, _subject) = (state, Subject);
        if (RendererInfo.IsInteractive && Handover.TryTake(HandoverToken, out TScreen? screen))
            Screen = screen;
        else
            await ReloadAsync();
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _loading?.Cancel();
        _loading?.Dispose();
        _loading = null;
    }
}
