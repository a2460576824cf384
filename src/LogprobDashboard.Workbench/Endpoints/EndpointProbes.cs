using System.Collections.Concurrent;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Finds out by a few real calls what an endpoint can do, and keeps it at the endpoint. Whoever asks while an endpoint is being probed shares
/// that probe; who stops waiting does not stop it.
/// </summary>
public sealed class EndpointProbes : IDisposable
{
    /// <summary>A person who presses a button is told instead of being kept longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly EndpointsQueries _endpoints;
    private readonly EndpointTestService _tests;
    private readonly ChatCaller _caller;
    private readonly EndpointGates _gates;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, Lazy<Task<EndpointProbe>>> _underWay = new();
    private readonly CancellationTokenSource _stopped = new();

    internal EndpointProbes(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, EndpointsQueries endpoints, EndpointTestService tests, ChatCaller caller, EndpointGates gates, TimeProvider time) =>
        (_contexts, _gate, _endpoints, _tests, _caller, _gates, _time) = (contexts, gate, endpoints, tests, caller, gates, time);

    /// <summary>Probes now, whatever is known already.</summary>
    /// <exception cref="UserErrorException">There is no such endpoint, or its key cannot be read.</exception>
    public async Task<EndpointProbe> ProbeAsync(string id, CancellationToken cancellationToken)
    {
        var endpoint = await _endpoints.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        return _gates.For(endpoint.Id, EndpointLimits.Of(endpoint)).HeldUntil is { } until && until - now > LongestWait
            ? Held(until - now, now, endpoint.Settings.TopLogprobs)
            : await SharedAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Probes the endpoint as it was typed; nothing is stored. A key that was left out is the stored one of <paramref name="storedId"/>, if the address is still its own.</summary>
    /// <exception cref="UserErrorException">It could not be saved like this either; the fields at fault are named.</exception>
    public async Task<EndpointProbe> ProbeAsync(EndpointInput input, string? storedId, CancellationToken cancellationToken)
    {
        var target = await _tests.TargetAsync(input, storedId, cancellationToken).ConfigureAwait(false);
        return await new ProbeCalls((asked, messages, token) => _caller.CallOnceAsync(asked, messages, token), target).MakeAsync(_time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The stored probe where it found that these settings serve; else probes and stores. What was found wrong is looked at again each time: it may
    /// have been mended at the server. <see cref="EndpointProbe.Passing"/> tells a failure that says nothing of the endpoint, which is not stored.
    /// </summary>
    /// <exception cref="UserErrorException">There is no such endpoint any more, or its key cannot be read.</exception>
    internal async Task<EndpointProbe> EnsureAsync(long endpointId, CancellationToken cancellationToken)
    {
        var endpoint = await _endpoints.FindAsync(Ids.Format(endpointId), cancellationToken).ConfigureAwait(false);
        return ProbedSettings.Holds(endpoint) && endpoint.Probe!.Found.Ok
            ? endpoint.Probe.Found
            : await SharedAsync(endpointId, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private static EndpointProbe Held(TimeSpan wait, DateTimeOffset now, int asked) =>
        new(false, null, null, null, null, null, null, FormattableString.Invariant($"The server asked to be left alone for another {Math.Ceiling(wait.TotalSeconds):N0} seconds: probe it then."), [], now)
        {
            Kind = FailureKind.RateLimited,
            Passing = true,
            AskedTopLogprobs = asked,
        };

    private async Task<EndpointProbe> SharedAsync(long endpointId, CancellationToken cancellationToken)
    {
        var stopped = _stopped.Token;
        var probe = _underWay.GetOrAdd(endpointId, id => new Lazy<Task<EndpointProbe>>(() => Task.Run(() => ProbeAndStoreAsync(id, stopped), stopped)));
        return await probe.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<EndpointProbe> ProbeAndStoreAsync(long endpointId, CancellationToken cancellationToken)
    {
        try
        {
            var endpoint = await _endpoints.FindAsync(Ids.Format(endpointId), cancellationToken).ConfigureAwait(false);
            var gate = _gates.For(endpoint.Id, EndpointLimits.Of(endpoint));
            var calls = new ProbeCalls((asked, messages, token) => _caller.CallAsync(gate, asked, messages, token), _endpoints.Target(endpoint));
            var probe = await calls.MakeAsync(_time, cancellationToken).ConfigureAwait(false);
            if (!probe.Passing)
                await StoreAsync(endpointId, new StoredProbe(probe, ProbedSettings.HashOf(endpoint)), cancellationToken).ConfigureAwait(false);
            return probe;
        }
        finally
        {
            _underWay.TryRemove(endpointId, out _);
        }
    }

    /// <summary>Settings that were changed meanwhile show in the hash; an endpoint that was deleted meanwhile is left alone.</summary>
    private async Task StoreAsync(long endpointId, StoredProbe probe, CancellationToken cancellationToken)
    {
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<EndpointEntity>().SingleOrDefaultAsync(endpoint => endpoint.Id == endpointId, cancellationToken).ConfigureAwait(false) is not { } endpoint)
            return;
        endpoint.Probe = probe;
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
