using System.Runtime.CompilerServices;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Does what is left of one run. What is left is a query: the run's selection less the samples that have a result.
/// So starting, resuming, retrying and going on after a crash are one path.
/// </summary>
internal sealed class RunWorker(
    IDbContextFactory<WorkbenchDb> contexts,
    DatasetsQueries datasets,
    RetryingCaller caller,
    AnswerCache cache,
    ResultWriter writer,
    RunNotes notes)
{
    private const int SamplesPerRead = 256;

    /// <summary>Beside the samples in a place at the gate, so many for each place may wait: for their turn, or to be asked again.</summary>
    private const int WaitingPerPlace = 2;

    private const int WaitingAtLeast = 32;

    /// <exception cref="OperationCanceledException">The work was stopped; <see cref="RunWork.Halted"/> says whether the run stopped itself.</exception>
    public async Task WorkAsync(RunPlan plan, RunWork work)
    {
        using var activity = RunTelemetry.Start(plan.RunId);
        var (left, answered) = await LeftAsync(plan, work.Stopped).ConfigureAwait(false);
        var open = left.Count;
        var breaker = new RunBreaker();
        try
        {
            var samplesAtOnce = plan.Gate.Limits.Places * (1 + WaitingPerPlace) + WaitingAtLeast;
            var options = new ParallelOptions { MaxDegreeOfParallelism = samplesAtOnce, CancellationToken = work.Stopped };
            await Parallel.ForEachAsync(ReadAsync(plan.DatasetId, left, work.Stopped), options, async (sample, _) =>
            {
                var (outcome, ownCall) = await AskAsync(plan, work, sample).ConfigureAwait(false);
                await StoreAsync(breaker.Take(outcome, ownCall), work).ConfigureAwait(false);
                await notes.TakeAsync(plan, work, outcome, ownCall).ConfigureAwait(false);
                plan.Budget.Spend(outcome);
                var isLast = Interlocked.Decrement(ref open) == 0;
                if (breaker.Problem is { } problem)
                    work.Halt(problem);
                else if (!isLast && plan.Budget.IsReached)
                    work.Halt(() => plan.Budget.Reason!);
            }).ConfigureAwait(false);
            await StoreAsync(breaker.End(answered), work).ConfigureAwait(false);
            if (breaker.Problem is { } atLast)
                work.Halt(atLast);
        }
        finally
        {
            await writer.FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task StoreAsync(IReadOnlyList<SampleOutcome> outcomes, RunWork work)
    {
        foreach (var outcome in outcomes)
        {
            await writer.WriteAsync(outcome).ConfigureAwait(false);
            work.Pace.Finished();
        }
    }

    private async Task<(SampleOutcome Outcome, bool OwnCall)> AskAsync(RunPlan plan, RunWork work, SampleRecord sample)
    {
        IReadOnlyList<PromptMessage> messages;
        try
        {
            messages = plan.Prompts.Render(sample);
        }
        catch (PromptRenderingException exception)
        {
            return (new SampleOutcome(plan.RunId, sample.Index, null, new CallFailure(FailureKind.PromptUnusable, exception.Message), 0, false), false);
        }

        var hash = RequestKey.Of(plan.Target.Settings, messages);
        AskedAnswer asked;
        if (plan.UseCache)
        {
            asked = await cache.AskAsync(hash, () => caller.CallAsync(plan, work, messages), work.Stopped).ConfigureAwait(false);
        }
        else
        {
            var call = await caller.CallAsync(plan, work, messages).ConfigureAwait(false);
            asked = new AskedAnswer(call.Answer is { } received ? new SharedAnswer(hash, received) : null, call, true);
        }

        var unbilled = asked is { OwnCall: true, Answer.Received.PromptTokens: null };
        return (new SampleOutcome(plan.RunId, sample.Index, asked.Answer, asked.Call?.Failure, asked.Call?.LatencyMilliseconds ?? 0, asked.Call is null, unbilled ? plan.Tokens.Count(messages) : null), asked.OwnCall);
    }

    private async IAsyncEnumerable<SampleRecord> ReadAsync(long datasetId, List<int> indexes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in indexes.Chunk(SamplesPerRead))
        {
            foreach (var sample in await datasets.SamplesAsync(datasetId, chunk, cancellationToken).ConfigureAwait(false))
                yield return sample;
        }
    }

    /// <summary>The samples without a result, in the order of the selection, and whether any sample has an answer.</summary>
    private async Task<(List<int> Left, bool Answered)> LeftAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var samples = await datasets.ColumnsAsync(plan.DatasetId, cancellationToken).ConfigureAwait(false);
        var selection = SampleSelection.Of(samples, plan.Sources, plan.Limit, plan.SampleSeed);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var results = db.Set<RunResult>().Where(result => result.RunId == plan.RunId);
        var done = await results.Select(result => result.SampleIndex).ToHashSetAsync(cancellationToken).ConfigureAwait(false);
        var answered = await results.AnyAsync(result => result.AnswerId != null, cancellationToken).ConfigureAwait(false);
        return ([.. selection.Where(index => !done.Contains(index))], answered);
    }
}
