using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Keeps the columns of runs that are over, in the background, a part at a time so that no other writer waits long. A process that dies between two parts leaves what nobody reads, and the next
/// look at the run asks for the columns again.
/// </summary>
internal sealed partial class RunColumnsKeeper(RunColumnsQueue queue, RunScoresCache scores, IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, ILogger<RunColumnsKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var runId = await queue.TakeAsync(stoppingToken).ConfigureAwait(false);
            try
            {
                await KeepAsync(runId, stoppingToken).ConfigureAwait(false);
            }
            catch (UserErrorException)
            {
                // The run was deleted meanwhile.
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                CannotKeep(logger, runId, exception);
            }
        }
    }

    private async Task KeepAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (!ColumnsCodec.IsUsable || !await db.Set<Run>().AnyAsync(run => run.Id == runId && run.Scored + run.Unscorable + run.Failed >= KeptColumns.FewestResults, cancellationToken).ConfigureAwait(false))
            return;
        var columns = await scores.GetAsync(runId, cancellationToken).ConfigureAwait(false);
        using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            await KeptColumns.ClearFormerAsync(db, runId, columns.Revision, cancellationToken).ConfigureAwait(false);
        for (var part = 0; part < KeptColumns.Parts(columns.Count); part++)
        {
            using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            if (!await KeptColumns.WriteAsync(db, runId, columns, part, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The columns of run {RunId} could not be kept: its pages read its results one by one, which takes longer, until they are asked for again.")]
    private static partial void CannotKeep(ILogger logger, long runId, Exception exception);
}
