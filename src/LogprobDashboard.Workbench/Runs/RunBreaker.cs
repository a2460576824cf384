using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Keeps a run from being burnt on a wrong key or a server that is gone. A failure that speaks of the endpoint rather than of the sample is held
/// back until a later call is answered (of a key that is not accepted: until many are, since answers may be late): only then it counts as the
/// sample's own. After a streak of such failures the run is to pause, and the samples whose failures were held back have no result: they are asked
/// again when it goes on.
/// </summary>
internal sealed class RunBreaker
{
    /// <summary>So many failures in a row that no sample would escape (a key that is not accepted).</summary>
    internal const int MostFatal = 3;

    /// <summary>So many samples in a row given up after their last attempt, or refused.</summary>
    internal const int MostGivenUp = 25;

    /// <summary>So many answers after a fatal failure show that it was the sample's own: more than can have been under way when it came.</summary>
    internal const int AnswersToTrust = 300;

    private readonly Lock _lock = new();
    private readonly Queue<(SampleOutcome Outcome, long After)> _fatal = new();
    private readonly List<SampleOutcome> _givenUp = [];
    private int _fatalStreak;
    private int _givenUpStreak;
    private long _answers;

    /// <summary>Why the run is to pause; null while it may go on.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes in what came of a sample.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="ownCall">Whether it made the call itself, rather than waiting for another sample's, or for none.</param>
    /// <returns>What can be stored now.</returns>
    public IReadOnlyList<SampleOutcome> Take(SampleOutcome outcome, bool ownCall)
    {
        lock (_lock)
        {
            if (outcome.Failure is not { } failure)
                return ownCall ? Answered(outcome) : [outcome];
            if (FailurePolicies.Of(failure.Kind) == FailurePolicy.FailSample && failure.Kind != FailureKind.Refused)
                return [outcome];
            if (Problem is null)
                Hold(outcome, failure, ownCall ? 1 : 0);
            return [];
        }
    }

    /// <summary>At the end of the run: failures that were held back are the samples' own, unless nothing was ever answered and a person has to mend something.</summary>
    /// <param name="answered">Whether the run has any answer, from this time or an earlier one.</param>
    /// <returns>What can be stored now.</returns>
    public IReadOnlyList<SampleOutcome> End(bool answered)
    {
        lock (_lock)
        {
            if (Problem is not null)
                return [];
            if (!answered && _answers == 0 && _fatalStreak > 0)
            {
                Trip(_fatal.Last().Outcome.Failure!, _fatalStreak);
                return [];
            }

            return Release(0);
        }
    }

    private IReadOnlyList<SampleOutcome> Answered(SampleOutcome outcome)
    {
        _answers++;
        (_fatalStreak, _givenUpStreak) = (0, 0);
        return Problem is null && _givenUp.Count + _fatal.Count > 0 ? [.. Release(AnswersToTrust), outcome] : [outcome];
    }

    private List<SampleOutcome> Release(int answersSince)
    {
        List<SampleOutcome> released = [.. _givenUp];
        _givenUp.Clear();
        while (_fatal.TryPeek(out var oldest) && _answers - oldest.After >= answersSince)
            released.Add(_fatal.Dequeue().Outcome);
        return released;
    }

    private void Hold(SampleOutcome outcome, CallFailure failure, int calls)
    {
        if (FailurePolicies.Of(failure.Kind) == FailurePolicy.StopRun)
        {
            _fatal.Enqueue((outcome, _answers));
            _fatalStreak += calls;
        }
        else
        {
            _givenUp.Add(outcome);
            _givenUpStreak += calls;
        }

        if (_fatalStreak >= MostFatal)
            Trip(failure, _fatalStreak);
        else if (_givenUpStreak >= MostGivenUp)
            Trip(failure, _givenUpStreak);
    }

    private void Trip(CallFailure failure, int streak)
    {
        _fatal.Clear();
        _givenUp.Clear();
        var samples = streak == 1 ? "1 sample" : FormattableString.Invariant($"{streak} samples in a row");
        Problem = $"Paused after {samples} failed: {failure.Message} Resume the run when that is mended: it asks again for them and for the rest.";
    }
}
