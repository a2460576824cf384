using System.Collections.Concurrent;
using System.Threading.Channels;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Works on every run that the database says is queued or running. The database is the queue; the channel only wakes the engine.</summary>
internal sealed partial class RunEngine(RunStates states, RunPlanner planner, RunWorker worker, IOptions<WorkbenchOptions> options, TimeProvider time, ILogger<RunEngine> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<long, RunWork> _active = new();

    /// <summary>Tells the engine that the database has something for it.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Stops work on a run whose state was changed in the database before. Calls under way may end yet, for a while, and their answers are stored.</summary>
    public void Stop(long runId)
    {
        if (_active.TryGetValue(runId, out var work))
            work.Stop();
    }

    /// <summary>The work on a run; null where nobody works on it.</summary>
    public RunWork? WorkOn(long runId) => _active.GetValueOrDefault(runId);

    /// <summary>How many runs are at work, or have answers that are not stored yet.</summary>
    public int RunsAtWork => _active.Count;

    /// <summary>Completes once nobody works on the run; at once if nobody does.</summary>
    public Task WhenIdleAsync(long runId) => _active.TryGetValue(runId, out var work) ? work.Ended : Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = true; // what is running now was running when the process before ended
        Wake();
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                foreach (var (runId, running) in await PatientlyAsync(() => states.ToWorkOnAsync(stoppingToken), stoppingToken).ConfigureAwait(false))
                    Start(runId, started && running, stoppingToken);
                started = false;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Every run was told to stop by the same token, and ends within its grace.
            await Task.WhenAll(_active.Values.Select(work => work.Ended)).ConfigureAwait(false);
        }
    }

    private void Start(long runId, bool afterRestart, CancellationToken shutdown)
    {
        if (_active.ContainsKey(runId))
            return;
        var work = new RunWork(runId, time, TimeSpan.FromSeconds(options.Value.DrainSeconds), shutdown);
        if (_active.TryAdd(runId, work))
            _ = Task.Run(() => WorkAsync(work, afterRestart, shutdown), CancellationToken.None); // never throws; its end is work.Ended
        else
            work.Dispose();
    }

    private async Task WorkAsync(RunWork work, bool afterRestart, CancellationToken shutdown)
    {
        try
        {
            var problem = await TryWorkAsync(work, afterRestart).ConfigureAwait(false);
            if (work.Halted is { } halted)
                await PatientlyAsync(() => states.MoveAsync(work.RunId, [RunStatus.Queued, RunStatus.Running], RunStatus.Paused, halted, null, shutdown), shutdown).ConfigureAwait(false);
            else if (problem is not null)
                await PatientlyAsync(() => states.MoveAsync(work.RunId, [RunStatus.Queued, RunStatus.Running], RunStatus.Failed, problem, null, shutdown), shutdown).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Stopped: whoever did it has set the state; at shutdown it stays "running" and goes on at the next start.
            if (!work.Stopped.IsCancellationRequested)
                RunBroke(logger, work.RunId, exception);
        }
        finally
        {
            _active.TryRemove(work.RunId, out _);
            work.Dispose();
            Wake(); // it may have been queued again while it was stopping
        }
    }

    /// <returns>Why the run cannot go on; null where it ended well, or was stopped.</returns>
    private async Task<string?> TryWorkAsync(RunWork work, bool afterRestart)
    {
        try
        {
            if (!await PatientlyAsync(() => states.BeginAsync(work.RunId, afterRestart, work.Stopped), work.Stopped).ConfigureAwait(false))
                return null;
            if (await PatientlyAsync(() => planner.PlanAsync(work.RunId, work.Stopped), work.Stopped).ConfigureAwait(false) is not { } plan)
                return null;
            work.Gate = plan.Gate;
            await PatientlyAsync(() => worker.WorkAsync(plan, work), work.Stopped).ConfigureAwait(false); // again: what is left is a query
            if (work.Halted is null)
                await PatientlyAsync(() => states.FinishAsync(work.RunId, work.Stopped), work.Stopped).ConfigureAwait(false);
            return null;
        }
        catch (UserErrorException error) when (error.Errors.ContainsKey("apiKey") || error.Errors.ContainsKey("apiKeyVariable"))
        {
            work.Halt($"{error.Title} {error.Detail}"); // a person can mend it
            return null;
        }
        catch (UserErrorException error)
        {
            return $"{error.Title} {error.Detail}";
        }
        catch (OperationCanceledException) when (work.Stopped.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (!work.Stopped.IsCancellationRequested)
        {
            RunBroke(logger, work.RunId, exception);
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
}
