using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Start;

/// <summary>
/// Makes an experiment of a draft. Experiment and prompt come in one transaction; the draft stays until the run is started too, and remembers the experiment:
/// whatever ends the process in between, doing it again goes on from there and makes nothing twice.
/// </summary>
public sealed class DraftCompletion
{
    private const string FirstVariant = "First prompt";

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly DraftsQueries _drafts;
    private readonly StartQueries _start;
    private readonly ExperimentsService _experiments;
    private readonly EndpointsQueries _endpoints;
    private readonly RunsService _runs;
    private readonly TimeProvider _time;
    private readonly KeyedLocks<string> _atWork = new();

    internal DraftCompletion(
        IDbContextFactory<WorkbenchDb> contexts,
        WriteGate gate,
        DraftsQueries drafts,
        StartQueries start,
        ExperimentsService experiments,
        EndpointsQueries endpoints,
        RunsService runs,
        TimeProvider time)
    {
        (_contexts, _gate, _drafts, _start) = (contexts, gate, drafts, start);
        (_experiments, _endpoints, _runs, _time) = (experiments, endpoints, runs, time);
    }

    /// <exception cref="UserErrorException">The draft is not complete; every problem by its field. Or the run cannot be started: the experiment is there then.</exception>
    public async Task<DraftCompleted> CompleteAsync(string draftId, DraftCompletionInput input, CancellationToken cancellationToken)
    {
        using var turn = await _atWork.EnterAsync(draftId, cancellationToken).ConfigureAwait(false);
        var draft = await _drafts.GetAsync(draftId, cancellationToken).ConfigureAwait(false);
        var plan = DraftPlan.Of(draft.Content, await _start.GroundAsync(draft.Content, cancellationToken).ConfigureAwait(false));
        if (input.Run && plan.Endpoint is { } endpoint)
            _endpoints.Target(await _endpoints.FindAsync(endpoint.Id, cancellationToken).ConfigureAwait(false)); // a key that cannot be read is told before anything is made
        var experimentId = await IsThereAsync(draft.ExperimentId, cancellationToken).ConfigureAwait(false)
            ? draft.ExperimentId!
            : await MakeAsync(draft, plan, input.Run, cancellationToken).ConfigureAwait(false);
        if (!input.Run)
        {
            await RemoveAsync(draftId, cancellationToken).ConfigureAwait(false);
            return new DraftCompleted(experimentId, []);
        }

        var runs = await RunsOfAsync(experimentId, cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0)
        {
            var started = await _runs.StartAsync(experimentId, new RunInput(EndpointId: plan.Endpoint?.Id, Limit: plan.Samples < plan.Rows ? plan.Samples : null), cancellationToken).ConfigureAwait(false);
            runs = [.. started.Runs.Select(run => run.Id)];
        }

        await RemoveAsync(draftId, CancellationToken.None).ConfigureAwait(false);
        return new DraftCompleted(experimentId, runs);
    }

    private async Task<string> MakeAsync(DraftRecord draft, DraftPlan plan, bool run, CancellationToken cancellationToken)
    {
        if (!(run ? plan.CanRun : plan.CanCreate))
            throw Incomplete(plan, run);
        var input = plan.ToExperiment();
        var experiment = await _experiments.PrepareAsync(input, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        await ExperimentsService.AddAsync(db, experiment, input.EndpointId, cancellationToken).ConfigureAwait(false);
        var version = new VariantVersion { Number = 1, System = string.IsNullOrWhiteSpace(plan.System) ? null : plan.System, User = plan.User, CreatedAt = now };
        db.Add(new Variant { ExperimentId = experiment.Id, Name = FirstVariant, CreatedAt = now, Versions = [version] });
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        var key = Ids.Parse(draft.Id, "draft");
        var marked = await db.Set<ExperimentDraft>().Where(row => row.Id == key && row.Version == draft.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ExperimentId, experiment.Id), cancellationToken).ConfigureAwait(false);
        if (marked == 0)
            throw new UserErrorException(UserErrorKind.Conflict, "The draft was changed elsewhere meanwhile.", "Look at it once more, then create the experiment.");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return Ids.Format(experiment.Id);
    }

    private static UserErrorException Incomplete(DraftPlan plan, bool run)
    {
        var problems = plan.Problems.Where(field => run || field.Key is not ("samples" or "endpoint")).ToDictionary(field => field.Key, field => field.Value.ToArray());
        return new UserErrorException(UserErrorKind.Impossible, "The draft is not complete.", problems.Values.First()[0], problems);
    }

    private async Task<bool> IsThereAsync(string? experimentId, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(experimentId, out var key))
            return false;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Set<Experiment>().AnyAsync(experiment => experiment.Id == key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> RunsOfAsync(string experimentId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(experimentId, "experiment");
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var ids = await db.Set<Run>().Where(run => run.ExperimentId == key).OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => Ids.Format(id))];
    }

    private async Task RemoveAsync(string draftId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(draftId, "draft");
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await db.Set<ExperimentDraft>().Where(draft => draft.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
