using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads of runs.</summary>
public sealed class RunsQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly RunEngine _engine;
    private readonly ResultWriter _writer;

    internal RunsQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, RunEngine engine, ResultWriter writer) =>
        (_contexts, _experiments, _engine, _writer) = (contexts, experiments, engine, writer);

    public async Task<RunRecord> GetAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "run");
        var rows = await LoadAsync(runs => runs.Where(run => run.Id == key), cancellationToken).ConfigureAwait(false);
        return rows.Count == 1 ? rows[0] : throw UserErrorException.NotFound("run", id);
    }

    /// <summary>The runs of an experiment, the newest first.</summary>
    public async Task<PagedResult<RunRecord>> ListAsync(string experimentId, string? cursor, int take, CancellationToken cancellationToken)
    {
        var key = (await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).Id;
        var before = Cursor.Before(cursor);
        var rows = await LoadAsync(runs => runs.Where(run => run.ExperimentId == key && run.Id < before).OrderByDescending(run => run.Id).Take(take + 1), cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, run => Ids.Parse(run.Id, "run"), run => run);
    }

    /// <summary>The log of a run, the newest line first.</summary>
    public async Task<PagedResult<RunEventRecord>> EventsAsync(string id, string? cursor, int take, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "run");
        var before = Cursor.Before(cursor);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await db.Set<RunEvent>().AsNoTracking().Where(entry => entry.RunId == key && entry.Id < before)
            .OrderByDescending(entry => entry.Id).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0 && !await db.Set<Run>().AnyAsync(run => run.Id == key, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.NotFound("run", id);
        return Cursor.Page(rows, take, entry => entry.Id, entry => new RunEventRecord(Ids.Format(entry.Id), entry.At, entry.Status, entry.Message));
    }

    internal async Task<IReadOnlyList<RunRecord>> LoadAsync(Func<IQueryable<Run>, IQueryable<Run>> choose, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await (
            from run in choose(db.Set<Run>().AsNoTracking())
            join variant in db.Set<Variant>() on run.VariantId equals variant.Id into variants
            from variant in variants.DefaultIfEmpty()
            join version in db.Set<VariantVersion>() on run.VariantVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            join endpoint in db.Set<EndpointEntity>() on run.EndpointId equals endpoint.Id into endpoints
            from endpoint in endpoints.DefaultIfEmpty()
            select new { Run = run, VariantName = (string?)variant.Name, Number = (int?)version.Number, endpoint.PromptTokenPrice, endpoint.CompletionTokenPrice }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => ToRecord(row.Run, row.VariantName, row.Number, TokenPrices.Of(row.PromptTokenPrice, row.CompletionTokenPrice)))];
    }

    private RunRecord ToRecord(Run run, string? variantName, int? version, TokenPrices? prices)
    {
        var working = run.Status == RunStatus.Running;
        var work = working ? _engine.WorkOn(run.Id) : null;
        var pace = work?.Pace.PerSecond();
        var left = run.Total - run.Scored - run.Unscorable - run.Failed;
        return new RunRecord(
            Ids.Format(run.Id),
            Ids.Format(run.ExperimentId),
            run.Name,
            Ids.Format(run.VariantId),
            variantName,
            version,
            Ids.Format(run.EndpointId),
            run.Settings.Model,
            run.VariantId is null ? null : run.Settings.Host,
            run.Status,
            run.Total,
            run.Scored + run.Unscorable,
            run.Failed,
            run.Cached,
            run.Unscorable,
            run.Censored,
            run.AnswerMismatches,
            pace?.Requests,
            pace is { Samples: > 0 } running ? left / running.Samples : null,
            run.PromptTokens,
            run.CompletionTokens,
            run.Sources,
            run.Limit,
            run.SampleSeed,
            run.UseCache,
            run.MaxTokens,
            run.MaxCost,
            run.VariantId is null ? null : prices?.CostOf(run.PromptTokens, run.CompletionTokens),
            run.CreatedAt,
            run.StartedAt,
            run.FinishedAt,
            working ? _writer.Problem ?? run.Problem : run.Problem)
        {
            Retries = run.Retries,
            StatusSince = run.StatusSince,
            Concurrency = work?.Gate?.Concurrency,
            MaxConcurrency = work?.Gate?.Limits.Places,
            HeldUntil = work?.Gate?.HeldUntil,
        };
    }
}
