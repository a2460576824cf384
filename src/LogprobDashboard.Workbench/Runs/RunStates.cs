using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Moves runs from state to state; each move names the states it may come from, so that two who move at once cannot both succeed.
/// A move, its time and its line in the run's log are one transaction.
/// </summary>
internal sealed class RunStates(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, RunSignals signals, RunColumnsQueue columns, TimeProvider time)
{
    /// <param name="runId">Which run.</param>
    /// <param name="from">The states that it may come from.</param>
    /// <param name="to">The state that it comes into.</param>
    /// <param name="problem">Why it cannot go on as it is, for a person; null where nothing is wrong.</param>
    /// <param name="note">What the log says of the move where nothing is wrong.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>Whether it was in one of the states.</returns>
    public async Task<bool> MoveAsync(long runId, RunStatus[] from, RunStatus to, string? problem, string? note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? finished = to is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled ? now : null;
        var moved = await LogAsync(
            new RunEvent { RunId = runId, At = now, Status = to, Message = problem ?? note },
            async db => await db.Set<Run>().Where(run => run.Id == runId && from.Contains(run.Status)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(run => run.Status, to)
                    .SetProperty(run => run.StatusSince, now)
                    .SetProperty(run => run.Problem, problem)
                    .SetProperty(run => run.StartedAt, run => to == RunStatus.Running ? run.StartedAt ?? now : run.StartedAt)
                    .SetProperty(run => run.FinishedAt, finished),
                cancellationToken).ConfigureAwait(false) == 1,
            cancellationToken).ConfigureAwait(false);
        if (moved && finished is not null)
            columns.Add(runId);
        return moved;
    }

    /// <summary>Takes failed results away, so that what is left of the run is asked again.</summary>
    public async Task<bool> RequeueFailedAsync(long runId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        RunStatus[] from = [RunStatus.Completed, RunStatus.Failed];
        var entry = new RunEvent { RunId = runId, At = now, Status = RunStatus.Queued };
        return await LogAsync(
            entry,
            async db =>
            {
                if (await db.Set<Run>().Where(run => run.Id == runId && from.Contains(run.Status) && run.Failed > 0 && run.VariantVersionId != null).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(run => run.Status, RunStatus.Queued)
                        .SetProperty(run => run.StatusSince, now)
                        .SetProperty(run => run.Problem, (string?)null)
                        .SetProperty(run => run.Failed, 0)
                        .SetProperty(run => run.ResultsRevision, run => run.ResultsRevision + 1)
                        .SetProperty(run => run.FinishedAt, (DateTimeOffset?)null),
                    cancellationToken).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                var taken = await db.Set<RunResult>().Where(result => result.RunId == runId && result.Status == ResultStatus.Failed).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                entry.Message = FormattableString.Invariant($"{taken} failed {(taken == 1 ? "sample is" : "samples are")} asked for again, on request.");
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings a queued run to work. One that is at work already, since it was when the process ended, only notes that it goes on.</summary>
    /// <returns>Whether it may be worked on.</returns>
    public async Task<bool> BeginAsync(long runId, bool afterRestart, CancellationToken cancellationToken)
    {
        if (await MoveAsync(runId, [RunStatus.Queued], RunStatus.Running, null, null, cancellationToken).ConfigureAwait(false))
            return true;
        var atWork = await LogAsync(
            new RunEvent { RunId = runId, At = time.GetUtcNow(), Message = afterRestart ? "The program was started again; the run goes on." : "The run goes on." },
            db => db.Set<Run>().AnyAsync(run => run.Id == runId && run.Status == RunStatus.Running, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return atWork;
    }

    /// <summary>Writes a line into the run's log; nothing where the run was deleted meanwhile.</summary>
    public Task NoteAsync(long runId, string message, CancellationToken cancellationToken) => LogAsync(
        new RunEvent { RunId = runId, At = time.GetUtcNow(), Message = message },
        db => db.Set<Run>().AnyAsync(run => run.Id == runId, cancellationToken),
        cancellationToken);

    /// <summary>The runs that ought to be worked on, queued or running, and whether each was running.</summary>
    public async Task<IReadOnlyList<(long Id, bool Running)>> ToWorkOnAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await db.Set<Run>().Where(run => run.VariantVersionId != null && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running))
            .OrderBy(run => run.Id).Select(run => new { run.Id, run.Status }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => (row.Id, row.Status == RunStatus.Running));
    }

    /// <summary>Ends a run that has a result for every sample. Where no call at all succeeded the run failed, and says what most calls said.</summary>
    public async Task<bool> FinishAsync(long runId, CancellationToken cancellationToken)
    {
        string? problem = null;
        string? note;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var done = await db.Set<Run>().Where(run => run.Id == runId).Select(run => new { Answered = run.Scored + run.Unscorable, run.Failed }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            note = done is null ? null : FormattableString.Invariant($"{done.Answered} answered, {done.Failed} failed.");
            if (done is null or { Answered: 0 })
            {
                problem = await db.Set<RunResult>().Where(result => result.RunId == runId && result.Status == ResultStatus.Failed)
                    .GroupBy(result => result.Problem).OrderByDescending(group => group.Count()).Select(group => group.Key).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return await MoveAsync(runId, [RunStatus.Running], problem is null ? RunStatus.Completed : RunStatus.Failed, problem is null ? null : $"No call succeeded. {problem}", note, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a change and logs it, both or neither.</summary>
    private async Task<bool> LogAsync(RunEvent entry, Func<WorkbenchDb, Task<bool>> change, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        if (!await change(db).ConfigureAwait(false))
            return false;
        db.Add(entry);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        signals.Raise();
        return true;
    }
}
