using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads what the page of an experiment's runs shows. Failures are looked up again only when results came in, and of a run at work every two seconds at most; so are curves.</summary>
public sealed class RunsOverviewQueries : IDisposable
{
    public const int PageSize = 50;

    private static readonly TimeSpan FailuresKept = TimeSpan.FromSeconds(2);

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly RunsQueries _runs;
    private readonly RunFailuresQueries _failures;
    private readonly RunCurves _curves;
    private readonly TimeProvider _time;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 1000 });

    internal RunsOverviewQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, RunsQueries runs, RunFailuresQueries failures, RunCurves curves, TimeProvider time) =>
        (_contexts, _experiments, _runs, _failures, _curves, _time) = (contexts, experiments, runs, failures, curves, time);

    public async Task<RunsOverview> OfAsync(string experimentId, string? cursor, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var page = await _runs.ListAsync(experimentId, cursor, PageSize, cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var runs = db.Set<Run>().AsNoTracking().Where(run => run.ExperimentId == experiment.Id);
        var count = await runs.CountAsync(cancellationToken).ConfigureAwait(false);
        var underWay = await runs.CountAsync(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running || run.Status == RunStatus.Paused, cancellationToken).ConfigureAwait(false);
        var ids = page.Items.Select(run => Ids.Parse(run.Id, "run")).ToList();
        var listed = await runs.Where(run => ids.Contains(run.Id))
            .Select(run => new ListedRun(run.Id, run.ExperimentId, run.VariantId, run.Name, run.Status, run.Total, run.Scored + run.Unscorable, run.ResultsRevision, experiment.LabelRevision, experiment.PositiveLabel))
            .ToDictionaryAsync(run => Ids.Format(run.Id), cancellationToken).ConfigureAwait(false);
        var curves = await _curves.OfAsync([.. listed.Values], experiment.Labels.Count > 2, cancellationToken).ConfigureAwait(false);
        var items = new List<RunOverview>(page.Items.Count);
        foreach (var run in page.Items)
        {
            items.Add(listed.TryGetValue(run.Id, out var known)
                ? new RunOverview(
                    run,
                    run.Failed > 0 || run.Unscorable > 0 ? await FailuresAsync(run, known.ResultsRevision, cancellationToken).ConfigureAwait(false) : null,
                    curves.GetValueOrDefault(known.Id),
                    run.PromptTokens > 0 && await AreTokensEstimatedAsync(db, known.Id, cancellationToken).ConfigureAwait(false))
                : new RunOverview(run, null)); // deleted between two reads
        }

        return new RunsOverview(experimentId, items, page.NextCursor, count, underWay);
    }

    public void Dispose() => _known.Dispose();

    private async Task<RunFailures?> FailuresAsync(RunRecord run, int revision, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(run.Id, out Held? held) && (held!.Revision == revision || (run.Status == RunStatus.Running && _time.GetElapsedTime(held.Read) < FailuresKept)))
            return held.Failures;
        try
        {
            var failures = await _failures.OfAsync(run.Id, cancellationToken).ConfigureAwait(false);
            _known.Set(run.Id, new Held(revision, _time.GetTimestamp(), failures), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
            return failures;
        }
        catch (UserErrorException)
        {
            return null; // deleted between two reads
        }
    }

    /// <summary>A server sends its bill with every answer or with none: what is found once holds for the whole run.</summary>
    private async Task<bool> AreTokensEstimatedAsync(WorkbenchDb db, long run, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((run, nameof(BilledTokens)), out bool estimated))
            return estimated;
        estimated = await BilledTokens.AreEstimatedAsync(db, run, cancellationToken).ConfigureAwait(false);
        return _known.Set((run, nameof(BilledTokens)), estimated, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
    }

    private sealed record Held(int Revision, long Read, RunFailures Failures);
}
