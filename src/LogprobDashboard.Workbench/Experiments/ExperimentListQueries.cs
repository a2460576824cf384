using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>Reads the list of experiments, a page at a time. A page costs the same few reads however many experiments there are.</summary>
public sealed class ExperimentListQueries
{
    /// <summary>A thumbnail holds no more curves than the compare page.</summary>
    private const int MostCurves = CompareQueries.MostRuns;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly RunsQueries _runs;
    private readonly RunFigures _figures;

    internal ExperimentListQueries(IDbContextFactory<WorkbenchDb> contexts, RunsQueries runs, RunFigures figures) => (_contexts, _runs, _figures) = (contexts, runs, figures);

    public async Task<ExperimentListView> ListAsync(ExperimentListRequest request, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var found = await ExperimentSearch.MatchingAsync(db, request.Search, cancellationToken).ConfigureAwait(false);
        var count = await found.CountAsync(cancellationToken).ConfigureAwait(false);
        var pages = Math.Max(1, (count + request.Take - 1) / request.Take);
        var page = Math.Clamp(request.Page, 1, pages);
        var ids = await PageAsync(db, found, request, (page - 1) * request.Take, cancellationToken).ConfigureAwait(false);
        return new ExperimentListView(
            await OverviewsAsync(db, ids, cancellationToken).ConfigureAwait(false),
            count,
            await db.Set<Experiment>().CountAsync(cancellationToken).ConfigureAwait(false),
            page,
            pages,
            await db.Set<Run>().CountAsync(run => run.Status == RunStatus.Queued || run.Status == RunStatus.Running, cancellationToken).ConfigureAwait(false));
    }

    private async Task<List<long>> PageAsync(WorkbenchDb db, IQueryable<Experiment> found, ExperimentListRequest request, int skip, CancellationToken cancellationToken)
    {
        if (request.Sort == ExperimentSort.Best)
            return [.. (await ByBestAsync(db, found, cancellationToken).ConfigureAwait(false)).Skip(skip).Take(request.Take)];
        var sorted = request.Sort switch
        {
            ExperimentSort.Name => found.OrderBy(experiment => EF.Functions.Collate(experiment.Name, "NOCASE")).ThenByDescending(experiment => experiment.Id),
            ExperimentSort.LastRun => found.OrderByDescending(experiment => db.Set<Run>().Where(run => run.ExperimentId == experiment.Id).Max(run => (long?)run.Id)).ThenByDescending(experiment => experiment.Id),
            _ => found.OrderByDescending(experiment => experiment.Id),
        };
        return await sorted.Select(experiment => experiment.Id).Skip(skip).Take(request.Take).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The best first; those without a figure last, the newest first among equals.</summary>
    private async Task<IEnumerable<long>> ByBestAsync(WorkbenchDb db, IQueryable<Experiment> found, CancellationToken cancellationToken)
    {
        var ids = await found.Select(experiment => experiment.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var chosen = (await RunsAsync(db, null, cancellationToken).ConfigureAwait(false)).GroupBy(run => run.ExperimentId).ToDictionary(group => group.Key, group => Choose(group));
        var wanted = ids.SelectMany(id => chosen.GetValueOrDefault(id) ?? []).ToList();
        var figures = await _figures.OfAsync(wanted, withCurves: false, cancellationToken).ConfigureAwait(false);
        return ids.OrderByDescending(id => (chosen.GetValueOrDefault(id) ?? []).Max(run => figures.GetValueOrDefault(run.Id)?.AveragePrecision) ?? -1).ThenByDescending(id => id);
    }

    private async Task<IReadOnlyList<ExperimentOverview>> OverviewsAsync(WorkbenchDb db, List<long> ids, CancellationToken cancellationToken)
    {
        var rows = await (
            from experiment in db.Set<Experiment>().AsNoTracking()
            join dataset in db.Set<Dataset>() on experiment.DatasetId equals dataset.Id
            where ids.Contains(experiment.Id)
            select new ListedExperiment(experiment, dataset.Name, dataset.RowCount, db.Set<Variant>().Count(variant => variant.ExperimentId == experiment.Id)))
            .ToDictionaryAsync(row => row.Experiment.Id, cancellationToken).ConfigureAwait(false);
        var runs = (await RunsAsync(db, ids, cancellationToken).ConfigureAwait(false)).ToLookup(run => run.ExperimentId);
        var figures = await _figures.OfAsync([.. runs.SelectMany(group => Choose(group))], withCurves: true, cancellationToken).ConfigureAwait(false);
        var working = (await _runs.LoadAsync(all => all.Where(run => ids.Contains(run.ExperimentId) && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running)), cancellationToken).ConfigureAwait(false))
            .ToLookup(run => Ids.Parse(run.ExperimentId, "experiment"));
        var newest = await db.Set<Run>().Where(run => ids.Contains(run.ExperimentId) && !db.Set<Run>().Any(later => later.ExperimentId == run.ExperimentId && later.Id > run.Id))
            .Select(run => new { run.ExperimentId, run.CreatedAt }).ToDictionaryAsync(run => run.ExperimentId, run => run.CreatedAt, cancellationToken).ConfigureAwait(false);
        return [.. ids.Where(rows.ContainsKey).Select(id => ToOverview(rows[id], [.. runs[id]], figures, [.. working[id]], newest.TryGetValue(id, out var at) ? at : null))];
    }

    private static ExperimentOverview ToOverview(ListedExperiment row, IReadOnlyList<ListedRun> runs, IReadOnlyDictionary<long, RunFigure> figures, IReadOnlyList<RunRecord> working, DateTimeOffset? lastRunAt)
    {
        var shown = Choose(runs).Where(run => figures.ContainsKey(run.Id)).ToList();
        var best = shown.Where(run => figures[run.Id].AveragePrecision is not null).MaxBy(run => figures[run.Id].AveragePrecision);
        return new ExperimentOverview(
            Ids.Format(row.Experiment.Id),
            row.Experiment.Name,
            row.DatasetName,
            row.SampleCount,
            [.. row.Experiment.Labels.Select(label => label.Name)],
            row.Experiment.PositiveLabel,
            best is null ? null : figures[best.Id].AveragePrecision,
            best?.Name,
            runs.Count,
            runs.Count(run => run.Status is RunStatus.Queued or RunStatus.Running),
            row.Experiment.CreatedAt,
            [.. shown.Select(run => new ThumbnailCurve(run.Name, [.. figures[run.Id].Curve.Select(point => new CurvePoint(null, point[1], point[0]))]))],
            row.VariantCount,
            lastRunAt,
            ProgressOf(working));
    }

    /// <summary>Runs of an endpoint work side by side or one after another: the rate is that of all, the time left what is left at that rate.</summary>
    private static ExperimentProgress? ProgressOf(IReadOnlyList<RunRecord> working)
    {
        if (working.Count == 0)
            return null;
        var (done, total) = (working.Sum(run => run.Completed + run.Failed), working.Sum(run => run.Total));
        var paces = working.Where(run => run.RemainingSeconds is > 0).Select(run => (run.Total - run.Completed - run.Failed) / run.RemainingSeconds!.Value).ToList();
        var perSecond = paces.Count > 0 ? paces.Sum() : (double?)null;
        return new ExperimentProgress(done, total, perSecond, perSecond is > 0 ? (total - done) / perSecond : null);
    }

    /// <summary>Of each variant the completed run over the most samples, the newest of equals, and imported ones; a run under way has no figure yet. As the compare page chooses.</summary>
    private static List<ListedRun> Choose(IEnumerable<ListedRun> runs) => [.. runs
        .Where(run => run.Answered > 0 && run.Status is not (RunStatus.Queued or RunStatus.Running))
        .GroupBy(run => (run.VariantId, Imported: run.VariantId is null ? run.Id : 0))
        .Select(group => group.OrderByDescending(run => run.Status == RunStatus.Completed).ThenByDescending(run => run.Total).ThenByDescending(run => run.Id).First())
        .OrderBy(run => run.VariantId is null).ThenBy(run => run.VariantId ?? run.Id)
        .Take(MostCurves)];

    private static async Task<List<ListedRun>> RunsAsync(WorkbenchDb db, List<long>? experiments, CancellationToken cancellationToken) => await (
        from run in db.Set<Run>().AsNoTracking()
        join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
        where experiments == null || experiments.Contains(run.ExperimentId)
        orderby run.Id
        select new ListedRun(run.Id, run.ExperimentId, run.VariantId, run.Name, run.Status, run.Total, run.Scored + run.Unscorable, run.ResultsRevision, experiment.LabelRevision, experiment.PositiveLabel))
        .ToListAsync(cancellationToken).ConfigureAwait(false);

    private sealed record ListedExperiment(Experiment Experiment, string DatasetName, int SampleCount, int VariantCount);
}
