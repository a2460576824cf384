using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The work on one run while it goes on: how fast it is, and how it is ended. Ending has two steps: no call begins any more, and a while later those under way are given up.</summary>
internal sealed class RunWork : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly CancellationTokenRegistration _shutdown;
    private readonly HashSet<string> _noted = [];
    private ITimer? _patience;
    private Func<string>? _halted;
    private bool _over;

    public RunWork(long runId, TimeProvider time, TimeSpan grace, CancellationToken shutdown)
    {
        (RunId, Pace, _time, _grace) = (runId, new RunPace(time), time, grace);
        (Stopped, Abandoned) = (_stop.Token, _abandon.Token);
        _shutdown = shutdown.UnsafeRegister(static work => ((RunWork)work!).Stop(), this);
    }

    public long RunId { get; }

    public RunPace Pace { get; }

    /// <summary>Null until the run is planned.</summary>
    public EndpointGate? Gate { get; set; }

    /// <summary>No call begins any more, and nothing is waited for.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Calls under way are given up.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>Why the run stopped by itself, for a person; null where it did not.</summary>
    public string? Halted => _halted?.Invoke();

    public Task Ended => _ended.Task;

    /// <summary>The run is to pause until somebody has done something about it; the first reason holds.</summary>
    public void Halt(string problem) => Halt(() => problem);

    /// <param name="problem">Asked for when the work has ended: calls that were under way may have changed it.</param>
    public void Halt(Func<string> problem)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
                return;
            _halted = problem;
        }

        Stop();
    }

    /// <summary>Whether the log does not have a note of this subject yet; it has from now on.</summary>
    public bool MayNote(string subject)
    {
        lock (_lock)
            return _noted.Add(subject);
    }

    public void Stop()
    {
        lock (_lock)
        {
            if (_over || _patience is not null)
                return;
            _patience = _time.CreateTimer(static work => ((RunWork)work!).Abandon(), this, _grace, Timeout.InfiniteTimeSpan);
        }

        // Not within the lock: what waits may go on at once, on this thread.
        _stop.Cancel();
    }

    public void Dispose()
    {
        _shutdown.Dispose();
        lock (_lock)
        {
            _over = true;
            _patience?.Dispose();
        }

        _ended.TrySetResult();
    }

    private void Abandon()
    {
        lock (_lock)
        {
            if (_over)
                return;
        }

        _abandon.Cancel();
    }
}
