using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Commands on runs.</summary>
public sealed class RunsService
{
    private const int ConstraintViolated = 19; // SQLITE_CONSTRAINT

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly RunOrders _orders;
    private readonly RunsQueries _queries;
    private readonly RunStates _states;
    private readonly RunBudgets _budgets;
    private readonly RunEngine _engine;
    private readonly RunSignals _signals;
    private readonly TimeProvider _time;

    internal RunsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, RunOrders orders, RunsQueries queries, RunStates states, RunBudgets budgets, RunEngine engine, RunSignals signals, TimeProvider time) =>
        (_contexts, _gate, _orders, _queries, _states, _budgets, _engine, _signals, _time) = (contexts, gate, orders, queries, states, budgets, engine, signals, time);

    /// <summary>Queues one run for each variant at its newest version.</summary>
    public async Task<RunList> StartAsync(string experimentId, RunInput input, CancellationToken cancellationToken)
    {
        var order = await _orders.ResolveAsync(experimentId, input, cancellationToken).ConfigureAwait(false);
        var (experiment, endpoint) = (order.Experiment, order.Endpoint);
        var now = _time.GetUtcNow();
        var runs = order.Versions.Select(pair => new Run
        {
            ExperimentId = experiment.Id,
            VariantId = pair.Variant.Id,
            VariantVersionId = pair.Version.Id,
            Name = FormattableString.Invariant($"{pair.Variant.Name} v{pair.Version.Number}"),
            EndpointId = endpoint.Id,
            Settings = endpoint.Settings,
            LabelNames = [.. experiment.Labels.Select(label => label.Name)],
            Status = RunStatus.Queued,
            Sources = input.Sources ?? [],
            Limit = input.Limit,
            SampleSeed = input.SampleSeed ?? 0,
            UseCache = input.UseCache,
            MaxTokens = input.MaxTokens,
            MaxCost = input.MaxCost,
            Total = order.Samples.Length,
            CreatedAt = now,
            StatusSince = now,
        }).ToList();
        using (await _gate.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = db.ConfigureAwait(false);
            await SaveAsync(db, runs, now, cancellationToken).ConfigureAwait(false);
        }

        _signals.Raise();
        _engine.Wake();
        var ids = runs.ConvertAll(run => run.Id);
        return new RunList(await _queries.LoadAsync(all => all.Where(run => ids.Contains(run.Id)).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>No call begins any more; those under way may end yet, and their answers are stored.</summary>
    public Task<RunRecord> PauseAsync(string id, CancellationToken cancellationToken) =>
        MoveAsync(id, [RunStatus.Queued, RunStatus.Running], RunStatus.Paused, "On request.", "Only a queued or running run can be paused.", cancellationToken);

    /// <summary>Goes on with what has no answer yet. A run that failed altogether asks again for what failed.</summary>
    public Task<RunRecord> ResumeAsync(string id, CancellationToken cancellationToken) => ResumeAsync(id, null, cancellationToken);

    /// <param name="id">The run.</param>
    /// <param name="budget">Its limits from now on; null: as they are.</param>
    /// <param name="cancellationToken">Before the run is queued it undoes nothing but the limits.</param>
    public async Task<RunRecord> ResumeAsync(string id, BudgetChange? budget, CancellationToken cancellationToken)
    {
        await _budgets.RefuseIfUsedUpAsync(id, budget, cancellationToken).ConfigureAwait(false);
        if (budget is not null)
            await _budgets.ChangeAsync(id, budget, cancellationToken).ConfigureAwait(false);
        return await ResumeAsItIsAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes the limits of a run that is not at work.</summary>
    public async Task<RunRecord> ChangeBudgetAsync(string id, BudgetChange budget, CancellationToken cancellationToken)
    {
        await _budgets.ChangeAsync(id, budget, cancellationToken).ConfigureAwait(false);
        return await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunRecord> ResumeAsItIsAsync(string id, CancellationToken cancellationToken) =>
        await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false) is { Status: RunStatus.Failed, Failed: > 0 }
            ? await RetryFailedAsync(id, cancellationToken).ConfigureAwait(false)
            : await MoveAsync(id, [RunStatus.Paused, RunStatus.Cancelled, RunStatus.Failed], RunStatus.Queued, "Resumed on request.", "Only a paused, cancelled or failed run can be resumed.", cancellationToken).ConfigureAwait(false);

    public Task<RunRecord> CancelAsync(string id, CancellationToken cancellationToken) =>
        MoveAsync(id, [RunStatus.Queued, RunStatus.Running, RunStatus.Paused], RunStatus.Cancelled, "On request.", "It has ended already.", cancellationToken);

    /// <summary>Asks again for the samples whose calls failed; everything else stays.</summary>
    public async Task<RunRecord> RetryFailedAsync(string id, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
        RefuseImported(run);
        if (!await _states.RequeueFailedAsync(Ids.Parse(id, "run"), cancellationToken).ConfigureAwait(false))
            throw Conflict(run = await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false), run.Failed == 0 ? "No call of this run failed." : "Only a run that went through to its end can be asked to retry; resume it first.");
        _engine.Wake();
        return await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a run and its results. The answers stay in the cache.</summary>
    public async Task<RunRecord> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
        var key = Ids.Parse(id, "run");
        await _engine.WhenIdleAsync(key).WaitAsync(TimeSpan.FromSeconds(run.Status is RunStatus.Queued or RunStatus.Running ? 0 : 30), _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<Run>().Where(row => row.Id == key && row.Status != RunStatus.Queued && row.Status != RunStatus.Running).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 0)
            throw Conflict(await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false), "Cancel the run, then delete it.");
        _signals.Raise();
        return run;
    }

    private async Task<RunRecord> MoveAsync(string id, RunStatus[] from, RunStatus to, string note, string otherwise, CancellationToken cancellationToken)
    {
        var run = await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
        var key = Ids.Parse(id, "run");
        RefuseImported(run);
        if (!await _states.MoveAsync(key, from, to, null, note, cancellationToken).ConfigureAwait(false))
            throw Conflict(await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false), otherwise);
        if (to == RunStatus.Queued)
            _engine.Wake();
        else
            _engine.Stop(key);
        return await _queries.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What they refer to may have been deleted since it was looked up.</summary>
    private static async Task SaveAsync(WorkbenchDb db, List<Run> runs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        try
        {
            db.AddRange(runs);
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            db.AddRange(runs.Select(run => new RunEvent { RunId = run.Id, At = now, Status = RunStatus.Queued, Message = FormattableString.Invariant($"{run.Total} {(run.Total == 1 ? "sample" : "samples")} to ask.") }));
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException exception) when (exception.InnerException is SqliteException { SqliteErrorCode: ConstraintViolated })
        {
            throw new UserErrorException(UserErrorKind.Conflict, "The experiment, a variant or the endpoint was deleted in this moment.", "Load again what is there, and start the run with that.");
        }
    }

    private static void RefuseImported(RunRecord run)
    {
        if (run.VariantId is null)
            throw new UserErrorException(UserErrorKind.Conflict, $"The run \"{run.Name}\" was imported.", "It makes no calls. Delete it, and import the file again, if something is missing.");
    }

    private static UserErrorException Conflict(RunRecord run, string detail) =>
        new(UserErrorKind.Conflict, $"The run \"{run.Name}\" is {run.Status.ToString().ToLowerInvariant()}.", detail);
}
