using System.Buffers.Binary;
using System.Collections.Concurrent;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What a request came to.</summary>
/// <param name="Answer">Null where there is only a failure.</param>
/// <param name="Call">The call that was made for it, by this sample or by another one; null where the answer was known.</param>
/// <param name="OwnCall">Whether this sample made the call.</param>
internal readonly record struct AskedAnswer(SharedAnswer? Answer, CallOutcome? Call, bool OwnCall);

/// <summary>
/// Answers that need not be asked for again: those stored, and those on their way. Several samples with one prompt make one call.
/// Failures are never kept, nor answers without a usable log p.
/// </summary>
internal sealed class AnswerCache(AnswerLookup stored)
{
    private readonly ConcurrentDictionary<UInt128, Entry> _onTheWay = new();

    /// <summary>How many requests are being asked, or answered and not yet stored.</summary>
    public int OnTheWay => _onTheWay.Count;

    /// <summary>The answer to a request, asked by <paramref name="ask"/> only if nobody has it or is asking; or the failure.</summary>
    public async Task<AskedAnswer> AskAsync(byte[] requestHash, Func<Task<CallOutcome>> ask, CancellationToken cancellationToken)
    {
        var key = Key(requestHash);
        while (true)
        {
            var mine = new Entry();
            var first = _onTheWay.GetOrAdd(key, mine);
            if (first == mine)
                return await LeadAsync(key, requestHash, mine, ask).ConfigureAwait(false);
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

    private async Task<AskedAnswer> LeadAsync(UInt128 key, byte[] requestHash, Entry mine, Func<Task<CallOutcome>> ask)
    {
        AskedAnswer? told = null;
        try
        {
            if (Find(requestHash) is { } known)
                return (told = new AskedAnswer(known, null, false)).Value;
            var outcome = await ask().ConfigureAwait(false);
            if (outcome.Answer is not { } received)
            {
                told = new AskedAnswer(null, outcome, false);
                return new AskedAnswer(null, outcome, true);
            }

            var asked = new SharedAnswer(requestHash, received);
            if (IsWorthKeeping(received.Positions))
                mine.Answer = asked;
            told = new AskedAnswer(asked, null, false);
            return new AskedAnswer(asked, outcome, true);
        }
        finally
        {
            if (mine.Answer is null)
                _onTheWay.TryRemove(new KeyValuePair<UInt128, Entry>(key, mine));
            mine.Arrived.SetResult(told);
        }
    }

    private SharedAnswer? Find(byte[] requestHash) =>
        stored.Find(requestHash) is { } answer && IsWorthKeeping(answer.Received.Positions) ? answer : null;

    /// <summary>An answer without a usable log p is asked for again: the server may give them by now.</summary>
    internal static bool IsWorthKeeping(IReadOnlyList<AnswerPosition> positions) =>
        positions.Any(position => position.TopLogprobs.Append(position.Chosen).Any(token => UsableLogProbability.TryRead(token.LogProbability, out _)));

    private static UInt128 Key(byte[] requestHash) => BinaryPrimitives.ReadUInt128LittleEndian(requestHash);

    private sealed class Entry
    {
        /// <summary>What those who waited are told, a failure too: asking one after another would take as many time-outs. Null: the one who asked was stopped.</summary>
        public TaskCompletionSource<AskedAnswer?> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Set by the one who asks, before it is told to the others.</summary>
        public SharedAnswer? Answer { get; set; }
    }
}
