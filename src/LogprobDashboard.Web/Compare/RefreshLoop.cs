namespace LogprobDashboard.Web.Compare;

/// <summary>
/// Looks again and again while there is something to wait for: at most every <see cref="Pause"/>, and never for more than a fifth of the time, however long a look takes.
/// To be started on the page's own dispatcher; stops where it is disposed.
/// </summary>
public sealed class RefreshLoop(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();

    public bool IsRunning { get; private set; }

    /// <summary>Does nothing where it runs already or was disposed.</summary>
    /// <param name="lookAsync">Looks once; false where there is nothing more to wait for.</param>
    /// <param name="failAsync">Told what a look failed with; the loop is over then.</param>
    public void Start(Func<CancellationToken, Task<bool>> lookAsync, Func<Exception, Task> failAsync)
    {
        if (IsRunning || _stop.IsCancellationRequested)
            return;
        IsRunning = true;
        _ = RunAsync(lookAsync, failAsync);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task<bool>> lookAsync, Func<Exception, Task> failAsync)
    {
        var stop = _stop.Token;
        var pause = Pause;
        try
        {
            do
            {
                await Task.Delay(pause, time, stop);
                var started = time.GetTimestamp();
                if (!await lookAsync(stop))
                    return;
                var took = time.GetElapsedTime(started);
                pause = took * 4 > Pause ? took * 4 : Pause;
            }
            while (!stop.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception failure)
        {
            if (!stop.IsCancellationRequested)
                await failAsync(failure);
        }
        finally
        {
            IsRunning = false;
        }
    }
}
