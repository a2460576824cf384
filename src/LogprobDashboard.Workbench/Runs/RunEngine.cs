using System.Collections.Concurrent;
using System.Threading.Channels;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Works on every run that the database says is queued or running. The database is the queue; the channel only wakes the engine.</summary>
internal sealed partial class RunEngine(RunStates states, RunPlanner planner, RunWorker worker, TimeProvider time, ILogger<RunEngine> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<long, ActiveRun> _active = new();

    /// <summary>Tells the engine that the database has something for it.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Stops work on a run whose state was changed in the database before.</summary>
    public void Stop(long runId)
    {
        if (_active.TryGetValue(runId, out var active))
            active.Stop();
    }

    public RunPace? PaceOf(long runId) => _active.TryGetValue(runId, out var active) ? active.Pace : null;

    /// <summary>Completes once nobody works on the run; at once if nobody does.</summary>
    public Task WhenIdleAsync(long runId) => _active.TryGetValue(runId, out var active) ? active.Ended : Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Wake();
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                foreach (var runId in await PatientlyAsync(() => states.ToWorkOnAsync(stoppingToken), stoppingToken).ConfigureAwait(false))
                    Start(runId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_active.Values.Select(active => active.Ended)).ConfigureAwait(false);
        }
    }

    private void Start(long runId, CancellationToken shutdown)
    {
        var active = new ActiveRun(new RunPace(time), shutdown);
        if (_active.TryAdd(runId, active))
            _ = Task.Run(() => WorkAsync(runId, active, shutdown), CancellationToken.None); // never throws; its end is active.Ended
        else
            active.Dispose();
    }

    private async Task WorkAsync(long runId, ActiveRun active, CancellationToken shutdown)
    {
        try
        {
            if (await TryWorkAsync(runId, active).ConfigureAwait(false) is { } problem)
                await PatientlyAsync(() => states.MoveAsync(runId, [RunStatus.Queued, RunStatus.Running], RunStatus.Failed, problem, shutdown), shutdown).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Stopped: whoever did it has set the state; at shutdown it stays "running" and goes on at the next start.
            if (!active.Stopped.IsCancellationRequested)
                RunBroke(logger, runId, exception);
        }
        finally
        {
            _active.TryRemove(runId, out _);
            active.Dispose();
            Wake(); // it may have been queued again while it was stopping
        }
    }

    /// <returns>Why the run cannot go on; null where it ended well.</returns>
    private async Task<string?> TryWorkAsync(long runId, ActiveRun active)
    {
        try
        {
            if (!await PatientlyAsync(() => states.MoveAsync(runId, [RunStatus.Queued, RunStatus.Running], RunStatus.Running, null, active.Stopped), active.Stopped).ConfigureAwait(false))
                return null;
            if (await PatientlyAsync(() => planner.PlanAsync(runId, active.Stopped), active.Stopped).ConfigureAwait(false) is not { } plan)
                return null;
            await PatientlyAsync(() => worker.WorkAsync(plan, active.Pace, active.Stopped), active.Stopped).ConfigureAwait(false); // again: what is left is a query
            await PatientlyAsync(() => states.FinishAsync(runId, active.Stopped), active.Stopped).ConfigureAwait(false);
            return null;
        }
        catch (UserErrorException error)
        {
            return $"{error.Title} {error.Detail}";
        }
        catch (Exception exception) when (!active.Stopped.IsCancellationRequested)
        {
            RunBroke(logger, runId, exception);
            return $"The run broke off: {exception.Message}";
        }
    }

    private Task PatientlyAsync(Func<Task> step, CancellationToken cancellationToken) =>
        PatientlyAsync<object?>(
            async () =>
            {
                await step().ConfigureAwait(false);
                return null;
            },
            cancellationToken);

    /// <summary>Waits out a database that cannot be written or read for now, as a full disk is.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await step().ConfigureAwait(false);
            }
            catch (Exception exception) when (DatabaseTrouble.MayPass(exception))
            {
                DatabaseWaits(logger, exception.Message);
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database cannot be used, waiting: {Reason}")]
    private static partial void DatabaseWaits(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} broke off.")]
    private static partial void RunBroke(ILogger logger, long runId, Exception exception);

    private sealed class ActiveRun : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActiveRun(RunPace pace, CancellationToken shutdown)
        {
            Pace = pace;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
            Stopped = _stop.Token;
        }

        public RunPace Pace { get; }

        public Task Ended => _ended.Task;

        public CancellationToken Stopped { get; }

        public void Stop()
        {
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself meanwhile.
            }
        }

        public void Dispose()
        {
            _stop.Dispose();
            _ended.TrySetResult();
        }
    }
}
