namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Before every call to one endpoint, whoever makes it. A call starts when a place is free and the minute's allowance permits: each start moves
/// the next one by its share of a minute, and tokens that a call turned out to use move it on. How many places there are follows from what came
/// of earlier calls (<see cref="CallWindow"/>), and a server that names a time to wait is left alone by all. Runs take turns.
/// </summary>
internal sealed class EndpointGate
{
    /// <summary>The line of calls that belong to no run; ids begin at 1.</summary>
    public const long NoRun = 0;

    /// <summary>No server is waited for longer than this at a time, whatever it asks.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    /// <summary>A timer that is late by so much takes nothing off the allowance.</summary>
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly FairQueue<TaskCompletionSource<GatePlace>> _waiting = new();
    private readonly CallWindow _window;
    private EndpointLimits _limits;
    private DateTimeOffset _nextStart = DateTimeOffset.MinValue;
    private DateTimeOffset _heldUntil = DateTimeOffset.MinValue;
    private DateTimeOffset? _wakesAt;
    private int _inside;

    public EndpointGate(EndpointLimits limits, TimeProvider time) =>
        (_limits, _window, _time) = (limits, new CallWindow(limits.Places), time);

    public EndpointLimits Limits
    {
        get => _limits;
        set
        {
            lock (_lock)
            {
                _limits = value;
                _window.Limit(value.Places);
                Admit();
            }
        }
    }

    /// <summary>How many calls may be under way at once for now; the endpoint's limit, unless the server was slower than that.</summary>
    public int Concurrency
    {
        get
        {
            lock (_lock)
                return _window.Size;
        }
    }

    /// <summary>Until when no call starts because the server asked for it; null where it did not, or that is over.</summary>
    public DateTimeOffset? HeldUntil
    {
        get
        {
            lock (_lock)
                return _heldUntil > _time.GetUtcNow() ? _heldUntil : null;
        }
    }

    public Task<GatePlace> EnterAsync(CancellationToken cancellationToken) => EnterAsync(NoRun, cancellationToken);

    /// <param name="line">The run that the call belongs to: calls of one line are in order, lines take turns.</param>
    public async Task<GatePlace> EnterAsync(long line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource<GatePlace>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(line, turn);
            Admit();
        }

        if (turn.Task.IsCompleted)
            return await turn.Task.ConfigureAwait(false);
        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource<GatePlace>)state!).TrySetCanceled(token), turn);
        await using var _ = registration.ConfigureAwait(false);
        return await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Counts the tokens that a call used against the minute's allowance.</summary>
    public void Charge(int tokens)
    {
        lock (_lock)
        {
            if (_limits.TokensPerMinute is { } allowance && tokens > 0)
                MoveNextStart(TimeSpan.FromMinutes((double)tokens / allowance));
        }
    }

    /// <summary>What came of a call that is still in its place.</summary>
    internal void Learn(int generation, CallOutcome outcome)
    {
        lock (_lock)
        {
            if (outcome.Failure is not { } failure)
                _window.Grow(_inside);
            else if (failure.Kind is FailureKind.RateLimited or FailureKind.TimedOut)
                _window.Shrink(generation, _inside);
            if (outcome.Failure is { Kind: FailureKind.RateLimited, RetryAfter: { } wait })
                Hold(wait);
        }

        Charge((outcome.Answer?.PromptTokens ?? 0) + (outcome.Answer?.CompletionTokens ?? 0));
    }

    internal void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Admit();
        }
    }

    private void Hold(TimeSpan wait)
    {
        var until = _time.GetUtcNow() + (wait < LongestHold ? wait : LongestHold);
        if (until > _heldUntil)
            _heldUntil = until;
    }

    private void MoveNextStart(TimeSpan by)
    {
        var now = _time.GetUtcNow();
        _nextStart = (_nextStart > now - TimerSlack ? _nextStart : now) + by;
    }

    private void Admit()
    {
        while (_inside < _window.Size && !_waiting.IsEmpty)
        {
            var start = _nextStart > _heldUntil ? _nextStart : _heldUntil;
            var now = _time.GetUtcNow();
            if (start > now)
            {
                WakeAt(start, now);
                return;
            }

            if (!_waiting.TryDequeue(out var next) || !next.TrySetResult(new GatePlace(this, _window.Generation)))
                continue; // it was given up meanwhile
            _inside++;
            if (_limits.RequestsPerMinute is { } allowance)
                MoveNextStart(TimeSpan.FromMinutes(1.0 / allowance));
        }
    }

    private void WakeAt(DateTimeOffset start, DateTimeOffset now)
    {
        if (_wakesAt is { } planned && planned <= start)
            return; // it will look again then
        _wakesAt = start;
        _ = AdmitLaterAsync(start, TimeSpan.FromMilliseconds(Math.Ceiling((start - now).TotalMilliseconds))); // never throws
    }

    private async Task AdmitLaterAsync(DateTimeOffset start, TimeSpan wait)
    {
        await Task.Delay(wait, _time, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            if (_wakesAt == start)
                _wakesAt = null;
            Admit();
        }
    }
}

/// <summary>The right to make one call now; dispose it when the call has ended.</summary>
internal sealed class GatePlace(EndpointGate gate, int generation) : IDisposable
{
    private EndpointGate? _gate = gate;

    /// <summary>Says what came of the call, before the place is given back.</summary>
    public void Tell(CallOutcome outcome) => _gate?.Learn(generation, outcome);

    public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
}
