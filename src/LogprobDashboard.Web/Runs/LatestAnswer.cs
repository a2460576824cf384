using LogprobDashboard.Workbench;

namespace LogprobDashboard.Web.Runs;

/// <summary>The answer to the question asked last: a new question cancels the one before, whose answer nobody sees.</summary>
internal sealed class LatestAnswer<T> : IDisposable
    where T : class
{
    private CancellationTokenSource? _asking;

    public T? Value { get; private set; }

    /// <summary>Why there is no answer.</summary>
    public UserErrorException? Problem { get; private set; }

    /// <summary>The value is that of an earlier question.</summary>
    public bool Busy { get; private set; }

    /// <returns>Whether there is something new to show.</returns>
    public async Task<bool> AskAsync(Func<CancellationToken, Task<T>> ask)
    {
        Cancel();
        var asking = _asking = new CancellationTokenSource();
        Busy = true;
        try
        {
            var value = await ask(asking.Token);
            if (asking != _asking)
                return false;
            (Value, Problem, Busy) = (value, null, false);
            return true;
        }
        catch (UserErrorException problem) when (asking == _asking)
        {
            (Value, Problem, Busy) = (null, problem, false);
            return true;
        }
        catch (Exception) when (asking != _asking)
        {
            return false; // nobody waits for it any more, however it ended
        }
    }

    public void Dispose()
    {
        Cancel();
        _asking = null;
    }

    private void Cancel()
    {
        _asking?.Cancel();
        _asking?.Dispose();
    }
}
