using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads what the page of an experiment's runs shows. Failures are looked up again only when results came in, and of a run at work every two seconds at most.</summary>
public sealed class RunsOverviewQueries : IDisposable
{
    public const int PageSize = 50;

    private static readonly TimeSpan FailuresKept = TimeSpan.FromSeconds(2);

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly RunsQueries _runs;
    private readonly RunFailuresQueries _failures;
    private readonly TimeProvider _time;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 1000 });

    internal RunsOverviewQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, RunsQueries runs, RunFailuresQueries failures, TimeProvider time) =>
        (_contexts, _experiments, _runs, _failures, _time) = (contexts, experiments, runs, failures, time);

    public async Task<RunsOverview> OfAsync(string experimentId, string? cursor, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).Id;
        var page = await _runs.ListAsync(experimentId, cursor, PageSize, cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var runs = db.Set<Run>().AsNoTracking().Where(run => run.ExperimentId == key);
        var count = await runs.CountAsync(cancellationToken).ConfigureAwait(false);
        var underWay = await runs.CountAsync(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running || run.Status == RunStatus.Paused, cancellationToken).ConfigureAwait(false);
        var troubled = page.Items.Where(run => run.Failed > 0 || run.Unscorable > 0).Select(run => Ids.Parse(run.Id, "run")).ToList();
        var revisions = await runs.Where(run => troubled.Contains(run.Id)).ToDictionaryAsync(run => Ids.Format(run.Id), run => run.ResultsRevision, cancellationToken).ConfigureAwait(false);
        var items = new List<RunOverview>(page.Items.Count);
        foreach (var run in page.Items)
            items.Add(new RunOverview(run, revisions.TryGetValue(run.Id, out var revision) ? await FailuresAsync(run, revision, cancellationToken).ConfigureAwait(false) : null));
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

    private sealed record Held(int Revision, long Read, RunFailures Failures);
}
