using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Makes a call of a run, and makes it again while it fails in a way that may pass: a bounded number of times, with growing waits, in which it
/// holds no place at the endpoint's gate. Before a run's first call the endpoint is probed, unless it was.
/// </summary>
internal sealed class RetryingCaller(ChatCaller caller, ResultWriter writer, RetryDelays delays, RunStates states, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The work was stopped, or the run halted itself, before there was an outcome.</exception>
    public async Task<CallOutcome> CallAsync(RunPlan plan, RunWork work, IReadOnlyList<PromptMessage> messages)
    {
        for (var attempts = 1; ; attempts++)
        {
            if (plan.Budget.Reason is { } usedUp)
                work.Halt(usedUp);
            work.Stopped.ThrowIfCancellationRequested();
            var outcome = await ProbeAsync(plan, work).ConfigureAwait(false) is { } unknown
                ? new CallOutcome(null, unknown, 0)
                : await caller.CallAsync(plan.Gate, plan.RunId, plan.Target, messages, work.Stopped, work.Abandoned).ConfigureAwait(false);
            work.Pace.Called();
            if (outcome.Failure is not { } failure || FailurePolicies.Of(failure.Kind) != FailurePolicy.Retry)
                return outcome;
            if (attempts >= delays.MostAttempts)
                return attempts == 1 ? outcome : outcome with { Failure = failure with { Message = FormattableString.Invariant($"{failure.Message} Given up after {attempts} attempts.") } };
            await Task.Delay(delays.After(attempts, failure), time, work.Stopped).ConfigureAwait(false);
            RunTelemetry.Retried();
            await writer.CountRetryAsync(plan.RunId).ConfigureAwait(false);
        }
    }

    /// <returns>Why it could not be found out for now whether the endpoint serves; null where it does.</returns>
    /// <exception cref="OperationCanceledException">It does not serve: the run is to pause.</exception>
    private async Task<CallFailure?> ProbeAsync(RunPlan plan, RunWork work)
    {
        if (plan.Probe.IsPassed)
            return null;
        var began = time.GetUtcNow();
        var probe = await plan.Probe.FindOutAsync(work.Stopped).ConfigureAwait(false);
        if (probe is { Ok: false, Kind: null or FailureKind.Unauthorized or FailureKind.NotFound or FailureKind.QuotaExhausted or FailureKind.LogprobsUnsupported })
        {
            work.Halt($"The endpoint was probed and cannot serve: {probe.Problem}");
            work.Stopped.ThrowIfCancellationRequested();
        }

        if (!probe.Ok)
        {
            // A probe that failed in another way says nothing of the run's own prompts: once it was tried again, they tell.
            if (probe.Passing && !plan.Probe.IsGivenUp)
                return new CallFailure(probe.Kind ?? FailureKind.Unreachable, probe.Problem ?? "The endpoint could not be probed.");
            if (work.MayNote("not probed"))
                await states.NoteAsync(plan.RunId, $"The endpoint could not be probed, so the run's own calls tell what it can do. {probe.Problem}", work.Stopped).ConfigureAwait(false);
            plan.Probe.Skip();
            return null;
        }

        if (probe.ProbedAt >= began && work.MayNote("probed"))
            await states.NoteAsync(plan.RunId, FormattableString.Invariant($"The endpoint was probed first, and serves: {probe.TopLogprobs} log probs at a position, {probe.LatencyMs:0} ms a call."), work.Stopped).ConfigureAwait(false);
        return null;
    }
}
