using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Moves runs from state to state; each move names the states it may come from, so that two who move at once cannot both succeed.</summary>
internal sealed class RunStates(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, RunSignals signals, TimeProvider time)
{
    public async Task<bool> MoveAsync(long runId, RunStatus[] from, RunStatus to, string? problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? finished = to is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled ? now : null;
        using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var moved = await db.Set<Run>().Where(run => run.Id == runId && from.Contains(run.Status)).ExecuteUpdateAsync(
            set => set
                .SetProperty(run => run.Status, to)
                .SetProperty(run => run.Problem, problem)
                .SetProperty(run => run.StartedAt, run => to == RunStatus.Running ? run.StartedAt ?? now : run.StartedAt)
                .SetProperty(run => run.FinishedAt, finished),
            cancellationToken).ConfigureAwait(false) == 1;
        if (moved)
            signals.Raise();
        return moved;
    }

    /// <summary>Takes failed results away, so that what is left of the run is asked again.</summary>
    public async Task<bool> RequeueFailedAsync(long runId, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        RunStatus[] from = [RunStatus.Completed, RunStatus.Failed];
        var moved = await db.Set<Run>().Where(run => run.Id == runId && from.Contains(run.Status) && run.Failed > 0 && run.VariantVersionId != null).ExecuteUpdateAsync(
            set => set
                .SetProperty(run => run.Status, RunStatus.Queued)
                .SetProperty(run => run.Problem, (string?)null)
                .SetProperty(run => run.Failed, 0)
                .SetProperty(run => run.ResultsRevision, run => run.ResultsRevision + 1)
                .SetProperty(run => run.FinishedAt, (DateTimeOffset?)null),
            cancellationToken).ConfigureAwait(false) == 1;
        if (moved)
            await db.Set<RunResult>().Where(result => result.RunId == runId && result.Status == ResultStatus.Failed).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        signals.Raise();
        return moved;
    }

    /// <summary>The runs that ought to be worked on: queued, or running when the process ended.</summary>
    public async Task<IReadOnlyList<long>> ToWorkOnAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<Run>().Where(run => run.VariantVersionId != null && (run.Status == RunStatus.Queued || run.Status == RunStatus.Running))
            .OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a run that has a result for every sample. Where no call at all succeeded the run failed, and says what most calls said.</summary>
    public async Task<bool> FinishAsync(long runId, CancellationToken cancellationToken)
    {
        string? problem = null;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var answered = await db.Set<Run>().Where(run => run.Id == runId).Select(run => run.Scored + run.Unscorable).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (answered == 0)
            {
                problem = await db.Set<RunResult>().Where(result => result.RunId == runId && result.Status == ResultStatus.Failed)
                    .GroupBy(result => result.Problem).OrderByDescending(group => group.Count()).Select(group => group.Key).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return await MoveAsync(runId, [RunStatus.Running], problem is null ? RunStatus.Completed : RunStatus.Failed, problem is null ? null : $"No call succeeded. {problem}", cancellationToken).ConfigureAwait(false);
    }
}
