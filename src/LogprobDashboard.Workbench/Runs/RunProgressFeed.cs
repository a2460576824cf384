using System.Threading.Channels;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Tells pages how runs go on: one reader for all who listen, at most four times a second, and none at all while nobody listens.
/// It reads when something was stored; while a run is at work at least once a second, since its rate falls when nothing comes.
/// </summary>
public sealed partial class RunProgressFeed : IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly RunsOverviewQueries _overviews;
    private readonly RunSignals _signals;
    private readonly TimeProvider _time;
    private readonly ILogger<RunProgressFeed> _logger;
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CancellationTokenSource? _reading;
    private int _reads;

    internal RunProgressFeed(RunsOverviewQueries overviews, RunSignals signals, TimeProvider time, ILogger<RunProgressFeed> logger) =>
        (_overviews, _signals, _time, _logger) = (overviews, signals, time, logger);

    /// <summary>How often the database was read.</summary>
    internal int Reads => Volatile.Read(ref _reads);

    internal bool IsReading
    {
        get
        {
            lock (_lock)
                return _reading is not null;
        }
    }

    /// <summary>
    /// Calls <paramref name="heard"/> with the newest runs of an experiment, at once and whenever something about them changed, until what is returned is disposed.
    /// It is called on no particular thread and must return at once.
    /// </summary>
    public IDisposable Listen(string experimentId, Action<RunsOverview> heard)
    {
        var listener = new Listener(this, experimentId, heard);
        lock (_lock)
        {
            _listeners.Add(listener);
            if (_reading is null)
            {
                _reading = new CancellationTokenSource();
                _signals.Changed += Ask;
                var stop = _reading.Token;
                _ = Task.Run(() => ReadAsync(stop), CancellationToken.None); // never throws
            }
        }

        Ask();
        return listener;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _listeners.Clear();
            Stop();
        }
    }

    private void Ask() => _asked.Writer.TryWrite(true);

    private void Leave(Listener listener)
    {
        lock (_lock)
        {
            if (_listeners.Remove(listener) && _listeners.Count == 0)
                Stop();
        }
    }

    private void Stop()
    {
        if (_reading is null)
            return;
        _signals.Changed -= Ask;
        _reading.Cancel();
        _reading.Dispose();
        _reading = null;
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var working = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WhenAskedAsync(working, stop).ConfigureAwait(false);
                working = await TellAsync(stop).ConfigureAwait(false);
                await Task.Delay(Interval, _time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A page that is not told is better than a page that is told no more: the next round tries again.
                if (!DatabaseTrouble.MayPass(exception))
                    CannotRead(_logger, exception);
                working = true;
            }
        }
    }

    private async Task WhenAskedAsync(bool working, CancellationToken stop)
    {
        if (!working)
        {
            await _asked.Reader.ReadAsync(stop).ConfigureAwait(false);
            return;
        }

        using var patience = new CancellationTokenSource(Heartbeat, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await _asked.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing was stored for a while.
        }
    }

    /// <returns>Whether any run is at work.</returns>
    private async Task<bool> TellAsync(CancellationToken stop)
    {
        List<Listener> listeners;
        lock (_lock)
            listeners = [.. _listeners];
        var working = false;
        foreach (var group in listeners.GroupBy(listener => listener.ExperimentId))
        {
            RunsOverview overview;
            try
            {
                Interlocked.Increment(ref _reads);
                overview = await _overviews.OfAsync(group.Key, null, stop).ConfigureAwait(false);
            }
            catch (UserErrorException)
            {
                continue; // the experiment was deleted
            }

            working |= overview.Items.Any(item => item.Run.Status == RunStatus.Running);
            foreach (var listener in group)
                listener.Tell(overview);
        }

        return working;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The progress of runs cannot be read.")]
    private static partial void CannotRead(ILogger logger, Exception exception);

    private sealed class Listener(RunProgressFeed feed, string experimentId, Action<RunsOverview> heard) : IDisposable
    {
        private RunsOverview? _last;

        public string ExperimentId => experimentId;

        public void Tell(RunsOverview overview)
        {
            if (_last is not null && _last.Shows(overview))
                return;
            _last = overview;
            heard(overview);
        }

        public void Dispose() => feed.Leave(this);
    }
}
