using System.Collections.Concurrent;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>How hard an endpoint may be driven, over all runs that share it.</summary>
internal sealed record EndpointLimits(int Places, int? RequestsPerMinute = null, int? TokensPerMinute = null)
{
    public static EndpointLimits Of(EndpointEntity endpoint) => new(endpoint.MaxConcurrency, endpoint.RequestsPerMinute, endpoint.TokensPerMinute);
}

/// <summary>One gate for each endpoint.</summary>
internal sealed class EndpointGates(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, EndpointGate> _gates = new();

    /// <summary>The endpoint's gate, with its limits as they are now.</summary>
    public EndpointGate For(long endpointId, EndpointLimits limits)
    {
        var gate = _gates.GetOrAdd(endpointId, _ => new EndpointGate(limits, time));
        gate.Limits = limits;
        return gate;
    }
}

/// <summary>
/// Callers enter in the order they came. A call starts when a place is free and the minute's allowance permits: each start moves the next one
/// by its share of a minute, and tokens that a call turned out to use move it on. Only the first in line waits for the clock.
/// </summary>
internal sealed class EndpointGate(EndpointLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _head = new(1, 1);
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private EndpointLimits _limits = limits;
    private DateTimeOffset _nextStart = DateTimeOffset.MinValue;
    private int _inside;

    public EndpointLimits Limits
    {
        get => _limits;
        set
        {
            lock (_lock)
            {
                _limits = value;
                Admit();
            }
        }
    }

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await TakePlaceAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            return new Place(this);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Counts the tokens that a call used against the minute's allowance.</summary>
    public void Charge(int tokens)
    {
        if (_limits.TokensPerMinute is { } allowance && tokens > 0)
            MoveNextStart(TimeSpan.FromMinutes((double)tokens / allowance));
    }

    private async Task TakePlaceAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_inside < _limits.Places && _waiting.Count == 0)
            {
                _inside++;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await using var _ = registration.ConfigureAwait(false);
        await turn.Task.ConfigureAwait(false);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_limits is { RequestsPerMinute: null, TokensPerMinute: null })
            return;
        await _head.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (TimeToStart() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            if (_limits.RequestsPerMinute is { } allowance)
                MoveNextStart(TimeSpan.FromMinutes(1.0 / allowance));
        }
        finally
        {
            _head.Release();
        }
    }

    private TimeSpan TimeToStart()
    {
        lock (_lock)
            return _nextStart - time.GetUtcNow();
    }

    private void MoveNextStart(TimeSpan by)
    {
        var now = time.GetUtcNow();
        lock (_lock)
            _nextStart = (_nextStart > now ? _nextStart : now) + by;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Admit();
        }
    }

    private void Admit()
    {
        while (_inside < _limits.Places && _waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
                _inside++;
        }
    }

    private sealed class Place(EndpointGate gate) : IDisposable
    {
        private EndpointGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
