using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The runs that are over and whose columns ought to be kept.</summary>
internal sealed class RunColumnsQueue
{
    private readonly Channel<long> _runs = Channel.CreateUnbounded<long>();
    private readonly ConcurrentDictionary<long, bool> _waiting = new();

    /// <summary>Costs nothing, and does nothing for a run that waits already.</summary>
    public void Add(long runId)
    {
        if (_waiting.TryAdd(runId, true))
            _runs.Writer.TryWrite(runId);
    }

    public async Task<long> TakeAsync(CancellationToken cancellationToken)
    {
        var runId = await _runs.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        _waiting.TryRemove(runId, out _);
        return runId;
    }
}
