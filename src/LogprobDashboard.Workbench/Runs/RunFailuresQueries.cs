using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads what went wrong in runs.</summary>
public sealed class RunFailuresQueries
{
    private const int MessagesPerKind = 3;
    private const int SamplesPerMessage = 5;

    /// <summary>Servers that put a number of their own into each message make as many as there are calls.</summary>
    private const int MostMessages = 500;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;

    internal RunFailuresQueries(IDbContextFactory<WorkbenchDb> contexts) => _contexts = contexts;

    public async Task<RunFailures> OfAsync(string runId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(runId, "run");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        if (!await db.Set<Run>().AnyAsync(run => run.Id == key, cancellationToken).ConfigureAwait(false))
            throw UserErrorException.NotFound("run", runId);
        var results = db.Set<RunResult>().AsNoTracking().Where(result => result.RunId == key);
        var reasons = await results.Where(result => result.Status != ResultStatus.Scored)
            .GroupBy(result => new { result.Status, result.Reason })
            .Select(group => new ReasonCount(group.Key.Status, group.Key.Reason, group.Count(), group.Select(result => result.Problem).Distinct().Count()))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var failed = new List<FailureGroup>();
        if (reasons.Exists(reason => reason.Status == ResultStatus.Failed))
            failed = await FailedAsync(results.Where(result => result.Status == ResultStatus.Failed), reasons, cancellationToken).ConfigureAwait(false);
        var unscorable = new List<UnscorableGroup>();
        foreach (var reason in reasons.Where(reason => reason.Status == ResultStatus.Unscorable).OrderByDescending(reason => reason.Count))
            unscorable.Add(await UnscorableAsync(results, reason, cancellationToken).ConfigureAwait(false));
        return new RunFailures(failed, unscorable);
    }

    private static async Task<List<FailureGroup>> FailedAsync(IQueryable<RunResult> failed, List<ReasonCount> reasons, CancellationToken cancellationToken)
    {
        var messages = await failed.GroupBy(result => new { result.Reason, result.Problem })
            .Select(group => new { group.Key.Reason, group.Key.Problem, Count = group.Count() })
            .OrderByDescending(message => message.Count).ThenBy(message => message.Problem).Take(MostMessages)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var groups = new List<FailureGroup>();
        foreach (var reason in reasons.Where(reason => reason.Status == ResultStatus.Failed).OrderByDescending(reason => reason.Count))
        {
            var shown = new List<FailureMessage>();
            foreach (var message in messages.Where(message => message.Reason == reason.Reason).Take(MessagesPerKind))
            {
                var samples = failed.Where(result => result.Reason == message.Reason && result.Problem == message.Problem);
                shown.Add(new FailureMessage(message.Problem ?? "", message.Count, await FirstAsync(samples, cancellationToken).ConfigureAwait(false)));
            }

            var kind = Enum.TryParse<FailureKind>(reason.Reason, out var known) ? known : FailureKind.Refused;
            groups.Add(new FailureGroup(kind, reason.Count, shown, reason.Messages - shown.Count));
        }

        return groups;
    }

    private static async Task<UnscorableGroup> UnscorableAsync(IQueryable<RunResult> results, ReasonCount reason, CancellationToken cancellationToken)
    {
        var kind = Enum.TryParse<UnscorableReason>(reason.Reason, out var known) ? known : UnscorableReason.NoLabelMatched;
        var samples = results.Where(result => result.Status == ResultStatus.Unscorable && result.Reason == reason.Reason);
        return new UnscorableGroup(kind, ResultsQueries.Explain(kind), reason.Count, await FirstAsync(samples, cancellationToken).ConfigureAwait(false));
    }

    private static Task<List<int>> FirstAsync(IQueryable<RunResult> results, CancellationToken cancellationToken) =>
        results.OrderBy(result => result.SampleIndex).Take(SamplesPerMessage).Select(result => result.SampleIndex).ToListAsync(cancellationToken);

    private sealed record ReasonCount(ResultStatus Status, string? Reason, int Count, int Messages);
}
