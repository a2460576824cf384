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
    ChatCaller caller,
    AnswerCache cache,
    ResultWriter writer)
{
    private const int SamplesPerRead = 256;

    public async Task WorkAsync(RunPlan plan, RunPace pace, CancellationToken stop)
    {
        var samples = await datasets.ColumnsAsync(plan.DatasetId, stop).ConfigureAwait(false);
        var selection = SampleSelection.Of(samples, plan.Sources, plan.Limit, plan.SampleSeed);
        var done = await DoneAsync(plan.RunId, stop).ConfigureAwait(false);
        var left = selection.Where(index => !done.Contains(index)).ToList();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = plan.MaxConcurrency, CancellationToken = stop };
            await Parallel.ForEachAsync(ReadAsync(plan.DatasetId, left, stop), options, async (sample, cancellationToken) =>
            {
                var outcome = await AskAsync(plan, sample, cancellationToken).ConfigureAwait(false);
                await writer.WriteAsync(outcome).ConfigureAwait(false);
                pace.Finished(outcome.Cached);
            }).ConfigureAwait(false);
        }
        finally
        {
            await writer.FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task<SampleOutcome> AskAsync(RunPlan plan, SampleRecord sample, CancellationToken stop)
    {
        IReadOnlyList<PromptMessage> messages;
        try
        {
            messages = plan.Prompts.Render(sample);
        }
        catch (PromptRenderingException exception)
        {
            return new SampleOutcome(plan.RunId, sample.Index, null, new CallFailure(FailureKind.PromptUnusable, exception.Message), 0, false);
        }

        var hash = RequestKey.Of(plan.Target.Settings, messages);
        SharedAnswer? answer;
        CallOutcome? asked;
        if (plan.UseCache)
        {
            (answer, asked) = await cache.AskAsync(hash, () => caller.CallAsync(plan.Gate, plan.Target, messages, stop), stop).ConfigureAwait(false);
        }
        else
        {
            asked = await caller.CallAsync(plan.Gate, plan.Target, messages, stop).ConfigureAwait(false);
            answer = asked.Answer is { } received ? new SharedAnswer(hash, received) : null;
        }

        return new SampleOutcome(plan.RunId, sample.Index, answer, asked?.Failure, asked?.LatencyMilliseconds ?? 0, asked is null);
    }

    private async IAsyncEnumerable<SampleRecord> ReadAsync(long datasetId, List<int> indexes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in indexes.Chunk(SamplesPerRead))
        {
            foreach (var sample in await datasets.SamplesAsync(datasetId, chunk, cancellationToken).ConfigureAwait(false))
                yield return sample;
        }
    }

    private async Task<HashSet<int>> DoneAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<RunResult>().Where(result => result.RunId == runId).Select(result => result.SampleIndex).ToHashSetAsync(cancellationToken).ConfigureAwait(false);
    }
}
