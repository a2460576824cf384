using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What earlier runs with the same model at the same address tell of one to come; nothing where there is none with enough calls.</summary>
internal sealed class RunForecasts(IDbContextFactory<WorkbenchDb> contexts)
{
    public const int EnoughCalls = 20;
    private const int NewestRuns = 50;
    private const int CallsToMeasure = 2000;

    /// <summary>From the newest run of the experiment itself, where there is one, since its prompts are the most alike.</summary>
    public async Task<RunForecast?> OfAsync(RunOrder order, int calls, TokenForecast? tokens, CancellationToken cancellationToken)
    {
        var endpoint = order.Endpoint;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if ((await RunsAsync(db, endpoint, cancellationToken).ConfigureAwait(false)).OrderByDescending(run => run.ExperimentId == order.Experiment.Id).FirstOrDefault() is not { } run)
            return null;
        var latencies = await db.Set<RunResult>().Where(result => result.RunId == run.Id && !result.Cached && result.AnswerId != null)
            .OrderBy(result => result.SampleIndex).Take(CallsToMeasure).Select(result => result.LatencyMilliseconds).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (latencies.Count < EnoughCalls)
            return null;
        var latency = latencies.Average();
        var seconds = Math.Ceiling((double)calls / endpoint.MaxConcurrency) * latency / 1000;
        if (endpoint.RequestsPerMinute is { } allowance)
            seconds = Math.Max(seconds, 60.0 * (calls - 1) / allowance);
        if (tokens is { } expected && endpoint.TokensPerMinute is { } most)
            seconds = Math.Max(seconds, 60.0 * (expected.PromptTokens + expected.CompletionTokens) / most);
        return new RunForecast(seconds, latency, run.Name, latencies.Count);
    }

    private static async Task<List<Run>> RunsAsync(WorkbenchDb db, EndpointEntity endpoint, CancellationToken cancellationToken) =>
        [.. (await db.Set<Run>().AsNoTracking().Where(run => run.EndpointId == endpoint.Id && run.Scored + run.Unscorable - run.Cached >= EnoughCalls)
            .OrderByDescending(run => run.Id).Take(NewestRuns).ToListAsync(cancellationToken).ConfigureAwait(false)).Where(run => IsAlike(run, endpoint))];

    public static bool IsAlike(Run run, EndpointEntity endpoint) =>
        run.Settings.BaseUrl == endpoint.Settings.BaseUrl && run.Settings.Model == endpoint.Settings.Model && run.Settings.AnswerTokens == endpoint.Settings.AnswerTokens;
}
