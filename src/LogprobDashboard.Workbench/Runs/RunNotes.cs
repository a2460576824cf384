using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What a run's log says of its calls: the first sample that was given up, and when the endpoint was slowed down. Few lines, however long the run and the trouble last.</summary>
internal sealed class RunNotes(RunStates states)
{
    private const string GivenUp = "given up";
    private const string Slowed = "slowed";

    public async Task TakeAsync(RunPlan plan, RunWork work, SampleOutcome outcome, bool ownCall)
    {
        if (!ownCall)
            return;
        if (outcome.Failure is { } failure && FailurePolicies.Of(failure.Kind) == FailurePolicy.Retry && work.MayNote(GivenUp))
            await NoteAsync(plan, work, FormattableString.Invariant($"The first sample that was given up is {outcome.SampleIndex}: {failure.Message}")).ConfigureAwait(false);
        var (now, most) = (plan.Gate.Concurrency, plan.Gate.Limits.Places);
        if (now < most && work.MayNote(Slowed))
            await NoteAsync(plan, work, FormattableString.Invariant($"Slowed to {now} of {most} calls at once after a rate limit or a time-out; more again while calls are answered.")).ConfigureAwait(false);
    }

    /// <summary>A log is worth no answer: whoever stops the run need not wait for it.</summary>
    private async Task NoteAsync(RunPlan plan, RunWork work, string message)
    {
        try
        {
            await states.NoteAsync(plan.RunId, message, work.Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (work.Stopped.IsCancellationRequested)
        {
            // It is said by other words that the run was stopped.
        }
    }
}
