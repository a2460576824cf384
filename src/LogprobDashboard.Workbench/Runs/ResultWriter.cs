using System.Threading.Channels;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// The one writer of results: takes outcomes of all runs from a channel and stores many per transaction, no later than a moment after they came.
/// Where the database cannot be written for now (a full disk), it waits with what it has; the channel fills, and the runs wait too.
/// </summary>
internal sealed partial class ResultWriter(
    IDbContextFactory<WorkbenchDb> contexts,
    WriteGate gate,
    AnswerCache cache,
    RunSignals signals,
    TimeProvider time,
    ILogger<ResultWriter> logger) : BackgroundService
{
    private const int LargestBatch = 1000;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(4 * LargestBatch) { SingleReader = true });
    private readonly CancellationTokenSource _shutdown = new(); // never disposed: it holds nothing, and a host may stop twice at once

    /// <summary>Why nothing can be stored at the moment; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many outcomes wait to be stored.</summary>
    public int Waiting => _entries.Reader.Count;

    /// <summary>Hands an outcome over. Not to be cancelled: an answer that arrived is stored.</summary>
    public ValueTask WriteAsync(SampleOutcome outcome) => _entries.Writer.WriteAsync(new Entry(outcome, null, null), _shutdown.Token);

    /// <summary>Counts a call that is made again, with whatever is stored next.</summary>
    public ValueTask CountRetryAsync(long runId) => _entries.Writer.WriteAsync(new Entry(null, null, runId), _shutdown.Token);

    /// <summary>Completes once all that was handed over before is stored.</summary>
    public async Task FlushAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _entries.Writer.WriteAsync(new Entry(null, done, null), _shutdown.Token).ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>The engine has stopped before (hosted services stop in reverse order), so what is left in the channel is all there will be.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_entries.Writer.TryComplete())
            return; // stopped before
        if (ExecuteTask is { } task)
            await Task.WhenAny(task, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
        await _shutdown.CancelAsync().ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Entry>(LargestBatch);
        Exception? end = null;
        try
        {
            await PrepareAsync().ConfigureAwait(false);
            while (await _entries.Reader.WaitToReadAsync(_shutdown.Token).ConfigureAwait(false))
                await StoreNextAsync(batch).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            end = exception;
            throw;
        }
        finally
        {
            // Whoever still waits is told, rather than left waiting.
            _entries.Writer.TryComplete(end);
            do
            {
                batch.ForEach(entry => entry.Flushed?.TrySetException(end ?? new OperationCanceledException()));
                batch.Clear();
                Drain(batch);
            }
            while (batch.Count > 0);
        }
    }

    /// <summary>Stores nothing, once: the first answers of a process must not wait on disk for code to be compiled.</summary>
    private async Task PrepareAsync()
    {
        try
        {
            using (await gate.EnterAsync(_shutdown.Token).ConfigureAwait(false))
                await ResultBatch.StoreAsync(contexts, [], time.GetUtcNow(), _shutdown.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseTrouble.MayPass(exception))
        {
            CannotStore(logger, exception.Message); // it is told where there is something to store
        }
    }

    private async Task StoreNextAsync(List<Entry> batch)
    {
        Drain(batch);
        if (batch.Count < LargestBatch && batch.TrueForAll(entry => entry.Flushed is null))
        {
            await Task.Delay(Linger, time, _shutdown.Token).ConfigureAwait(false);
            Drain(batch);
        }

        await StoreAsync(batch).ConfigureAwait(false);
        batch.ForEach(entry => entry.Flushed?.SetResult());
        batch.Clear();
    }

    private void Drain(List<Entry> batch)
    {
        while (batch.Count < LargestBatch && _entries.Reader.TryRead(out var entry))
            batch.Add(entry);
    }

    private async Task StoreAsync(List<Entry> batch)
    {
        var outcomes = batch.Where(entry => entry.Outcome is not null).Select(entry => entry.Outcome!).ToList();
        var retries = batch.Where(entry => entry.Retried is not null).CountBy(entry => entry.Retried!.Value).ToDictionary();
        while (outcomes.Count + retries.Count > 0)
        {
            try
            {
                using (await gate.EnterAsync(_shutdown.Token).ConfigureAwait(false))
                    await ResultBatch.StoreAsync(contexts, outcomes, retries, time.GetUtcNow(), _shutdown.Token).ConfigureAwait(false);
                Problem = null;
                foreach (var answer in outcomes.Select(outcome => outcome.Answer).OfType<SharedAnswer>())
                    cache.Settle(answer);
                signals.Raise();
                return;
            }
            catch (Exception exception) when (DatabaseTrouble.MayPass(exception))
            {
                Problem = $"Results cannot be stored at the moment ({exception.Message}) The run waits with what it has; make room on the disk, and it goes on by itself.";
                CannotStore(logger, exception.Message);
                signals.Raise();
                await Task.Delay(RetryAfter, time, _shutdown.Token).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Results cannot be stored, waiting: {Reason}")]
    private static partial void CannotStore(ILogger logger, string reason);

    /// <summary>Exactly one of the three is there.</summary>
    private readonly record struct Entry(SampleOutcome? Outcome, TaskCompletionSource? Flushed, long? Retried);
}
