using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Start;

/// <summary>Commands on drafts of experiments.</summary>
public sealed class DraftsService
{
    private const int LongestContent = 2_000_000;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly DatasetsQueries _datasets;
    private readonly ExperimentsQueries _experiments;
    private readonly VariantsQueries _variants;
    private readonly TimeProvider _time;

    internal DraftsService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, DatasetsQueries datasets, ExperimentsQueries experiments, VariantsQueries variants, TimeProvider time) =>
        (_contexts, _gate, _datasets, _experiments, _variants, _time) = (contexts, gate, datasets, experiments, variants, time);

    public async Task<DraftRecord> CreateAsync(DraftInput input, CancellationToken cancellationToken)
    {
        var content = input.ExperimentId is { } experimentId
            ? await CopyAsync(experimentId, cancellationToken).ConfigureAwait(false)
            : input.DatasetId is { } datasetId
                ? Drafting.Choose(new DraftContent(), await _datasets.GetAsync(datasetId, cancellationToken).ConfigureAwait(false))
                : new DraftContent();
        var draft = new ExperimentDraft { Version = 1, Content = content, CreatedAt = _time.GetUtcNow(), ChangedAt = _time.GetUtcNow() };
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        db.Add(draft);
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return draft.ToRecord();
    }

    /// <summary>Replaces a draft's content. One that changed since the version which the content was made from is a conflict: nothing is overwritten unseen.</summary>
    public async Task<DraftRecord> SaveAsync(string id, DraftChange change, CancellationToken cancellationToken)
    {
        var content = Check(change.Content);
        var key = Ids.Parse(id, "draft");
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var draft = await db.Set<ExperimentDraft>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("draft", id);
        if (change.Version is { } basis && basis != draft.Version)
            throw new UserErrorException(UserErrorKind.Conflict, "The draft was changed elsewhere meanwhile.", "Load it again and make the change once more, or leave the version out to replace what is there.");
        (draft.Content, draft.ChangedAt) = (content, _time.GetUtcNow());
        draft.Version++;
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return draft.ToRecord();
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "draft");
        using var turn = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        if (await db.Set<ExperimentDraft>().Where(draft => draft.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 0)
            throw UserErrorException.NotFound("draft", id);
    }

    private static DraftContent Check(DraftContent? content)
    {
        if (content is null || content.Labels is null || content.Labels.Any(label => label?.Name is null || label.Words?.Any(word => word is null) == true))
            throw UserErrorException.Field("content", "The draft has no content, or a label, name or word of it is null.", "Send the whole content as it was answered, with the changes in it.", UserErrorKind.Malformed);
        var length = (content.System?.Length ?? 0) + (content.User?.Length ?? 0) + (content.Name?.Length ?? 0) + content.Labels.Sum(label => label.Name.Length + (label.Words?.Sum(word => word.Length) ?? 0));
        return length <= LongestContent
            ? content
            : throw UserErrorException.Field("content", FormattableString.Invariant($"The draft is longer than {LongestContent:N0} characters."), "Shorten the prompt or the list of labels.");
    }

    private async Task<DraftContent> CopyAsync(string experimentId, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.GetAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(experiment.DatasetId, cancellationToken).ConfigureAwait(false);
        var first = (await _variants.ListAsync(experimentId, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        return new DraftContent
        {
            DatasetId = dataset.Id,
            DatasetName = dataset.Name,
            Labels = [.. experiment.Labels.Select(label => new DraftLabel(label.Name, label.Words))],
            PositiveLabel = experiment.PositiveLabel,
            Name = $"{experiment.Name} (copy)",
            System = first is null ? null : first.System ?? "",
            User = first?.User,
            EndpointId = experiment.EndpointId,
        };
    }
}
