using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What earlier runs with the same model at the same address tell of one to come; nothing where there is none with enough calls.</summary>
internal sealed class RunForecasts(IDbContextFactory<WorkbenchDb> contexts)
{
    private const int EnoughCalls = 20;
    private const int NewestRuns = 50;
    private const int CallsToMeasure = 2000;

    /// <summary>From the newest run of the experiment itself, where there is one, since its prompts are the most alike.</summary>
    public async Task<RunForecast?> OfAsync(RunOrder order, IReadOnlyList<VariantCost> variants, CancellationToken cancellationToken)
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
        var calls = variants.Sum(variant => variant.Calls);
        var seconds = Math.Ceiling((double)calls / endpoint.MaxConcurrency) * latency / 1000;
        if (endpoint.RequestsPerMinute is { } allowance)
            seconds = Math.Max(seconds, 60.0 * (calls - 1) / allowance);
        var paying = variants.Where(variant => variant.Calls > 0).ToList();
        var tokens = paying.TrueForAll(variant => variant.PromptTokens is not null) ? paying.Sum(variant => variant.PromptTokens) : null;
        if (tokens is { } known && endpoint.TokensPerMinute is { } most)
            seconds = Math.Max(seconds, 60.0 * known / most);
        return new RunForecast(seconds, latency, run.Name, latencies.Count, tokens);
    }

    /// <summary>For each version its prompt tokens a call, from the newest run of that version; null where it never ran like this, or the server sent no bill.</summary>
    public async Task<IReadOnlyList<double?>> TokensPerCallAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var versions = order.Versions.Select(pair => (long?)pair.Version.Id).ToList();
        var runs = (await db.Set<Run>().AsNoTracking().Where(run => versions.Contains(run.VariantVersionId) && run.PromptTokens > 0 && run.Scored + run.Unscorable - run.Cached >= EnoughCalls)
            .OrderByDescending(run => run.Id).Take(NewestRuns).ToListAsync(cancellationToken).ConfigureAwait(false)).Where(run => IsAlike(run, order.Endpoint)).ToList();
        return [.. versions.Select(version => runs.Find(run => run.VariantVersionId == version) is { } run ? (double)run.PromptTokens / (run.Scored + run.Unscorable - run.Cached) : (double?)null)];
    }

    private static async Task<List<Run>> RunsAsync(WorkbenchDb db, EndpointEntity endpoint, CancellationToken cancellationToken) =>
        [.. (await db.Set<Run>().AsNoTracking().Where(run => run.EndpointId == endpoint.Id && run.Scored + run.Unscorable - run.Cached >= EnoughCalls)
            .OrderByDescending(run => run.Id).Take(NewestRuns).ToListAsync(cancellationToken).ConfigureAwait(false)).Where(run => IsAlike(run, endpoint))];

    private static bool IsAlike(Run run, EndpointEntity endpoint) =>
        run.Settings.BaseUrl == endpoint.Settings.BaseUrl && run.Settings.Model == endpoint.Settings.Model && run.Settings.AnswerTokens == endpoint.Settings.AnswerTokens;
}
