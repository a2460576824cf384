using System.Buffers.Binary;
using System.Collections.Concurrent;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Answers that need not be asked for again: those stored, and those on their way. Several samples with one prompt make one call.
/// Failures are never kept, nor answers without a usable log p.
/// </summary>
internal sealed class AnswerCache(IDbContextFactory<WorkbenchDb> contexts)
{
    private readonly ConcurrentDictionary<UInt128, Entry> _onTheWay = new();

    /// <summary>How many requests are being asked, or answered and not yet stored.</summary>
    public int OnTheWay => _onTheWay.Count;

    /// <summary>The answer to a request, asked by <paramref name="ask"/> only if nobody has it or is asking; or the failure. <c>Asked</c> is there where a call was made, or failed.</summary>
    public async Task<(SharedAnswer? Answer, CallOutcome? Asked)> AskAsync(byte[] requestHash, Func<Task<CallOutcome>> ask, CancellationToken cancellationToken)
    {
        var key = Key(requestHash);
        while (true)
        {
            var mine = new Entry();
            var first = _onTheWay.GetOrAdd(key, mine);
            if (first == mine)
                return await LeadAsync(key, requestHash, mine, ask, cancellationToken).ConfigureAwait(false);
            if (await first.Arrived.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } shared)
                return shared;
        }
    }

    /// <summary>Stored by now (or never to be): from here on the database answers for it.</summary>
    public void Settle(SharedAnswer answer)
    {
        var key = Key(answer.RequestHash);
        if (_onTheWay.TryGetValue(key, out var entry) && ReferenceEquals(entry.Answer, answer))
            _onTheWay.TryRemove(new KeyValuePair<UInt128, Entry>(key, entry));
    }

    private async Task<(SharedAnswer?, CallOutcome?)> LeadAsync(UInt128 key, byte[] requestHash, Entry mine, Func<Task<CallOutcome>> ask, CancellationToken cancellationToken)
    {
        (SharedAnswer?, CallOutcome?)? told = null;
        try
        {
            if (await FindAsync(requestHash, cancellationToken).ConfigureAwait(false) is { } stored)
                return (told = (stored, null)).Value;
            var outcome = await ask().ConfigureAwait(false);
            if (outcome.Answer is not { } received)
                return (told = (null, outcome)).Value;
            var asked = new SharedAnswer(requestHash, received);
            if (IsWorthKeeping(received))
                mine.Answer = asked;
            told = (asked, null);
            return (asked, outcome);
        }
        finally
        {
            if (mine.Answer is null)
                _onTheWay.TryRemove(new KeyValuePair<UInt128, Entry>(key, mine));
            mine.Arrived.SetResult(told);
        }
    }

    private async Task<SharedAnswer?> FindAsync(byte[] requestHash, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var stored = await Newest(db, requestHash, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            return null;
        var received = new ReceivedAnswer(AnswerCodec.Decode(stored.Positions), stored.Text, stored.FinishReason, stored.ServedModel, stored.PromptTokens, stored.CompletionTokens);
        return IsWorthKeeping(received) ? new SharedAnswer(requestHash, received, stored.Id) : null;
    }

    /// <summary>An answer without a usable log p is asked for again: the server may give them by now.</summary>
    private static bool IsWorthKeeping(ReceivedAnswer answer) => IsWorthKeeping(answer.Positions);

    internal static bool IsWorthKeeping(IReadOnlyList<AnswerPosition> positions) =>
        positions.Any(position => position.TopLogprobs.Append(position.Chosen).Any(token => UsableLogProbability.TryRead(token.LogProbability, out _)));

    private static readonly Func<WorkbenchDb, byte[], CancellationToken, Task<Answer?>> Newest = EF.CompileAsyncQuery((WorkbenchDb db, byte[] hash, CancellationToken _) =>
        db.Set<Answer>().AsNoTracking().Where(answer => answer.RequestHash == hash).OrderByDescending(answer => answer.Id).FirstOrDefault());

    private static UInt128 Key(byte[] requestHash) => BinaryPrimitives.ReadUInt128LittleEndian(requestHash);

    private sealed class Entry
    {
        /// <summary>What those who waited are told, a failure too: asking one after another would take as many time-outs. Null: the one who asked was stopped.</summary>
        public TaskCompletionSource<(SharedAnswer?, CallOutcome?)?> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Set by the one who asks, before it is told to the others.</summary>
        public SharedAnswer? Answer { get; set; }
    }
}
