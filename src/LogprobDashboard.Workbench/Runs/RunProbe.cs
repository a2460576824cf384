using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Whether the endpoint of a run is known to serve: found out before the run's first call, once for all its samples, and again where that failed.</summary>
internal sealed class RunProbe(Func<CancellationToken, Task<EndpointProbe>> ensure)
{
    private const int MostFailures = 2;

    private readonly Lock _lock = new();
    private int _failures;
    private Task<EndpointProbe>? _found;
    private volatile bool _passed;

    /// <summary>Whether the endpoint is known to serve, or is not to be probed any more.</summary>
    public bool IsPassed => _passed;

    /// <summary>It was tried and tried again.</summary>
    public bool IsGivenUp => Volatile.Read(ref _failures) >= MostFailures;

    /// <summary>Goes on without.</summary>
    public void Skip() => _passed = true;

    /// <exception cref="OperationCanceledException">The run was stopped meanwhile.</exception>
    public async Task<EndpointProbe> FindOutAsync(CancellationToken cancellationToken)
    {
        Task<EndpointProbe> finding;
        lock (_lock)
            finding = _found ??= ensure(cancellationToken);
        try
        {
            var probe = await finding.ConfigureAwait(false);
            if (probe.Ok)
                _passed = true;
            else
                Forget(finding);
            return probe;
        }
        catch
        {
            Forget(finding);
            throw;
        }
    }

    private void Forget(Task<EndpointProbe> finding)
    {
        lock (_lock)
        {
            if (_found != finding)
                return;
            _found = null;
            _failures++;
        }
    }
}
