using System.Runtime.CompilerServices;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads of single results, with their tokens.</summary>
public sealed class ResultsQueries
{
    private const int ChunkSize = 1000;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;

    internal ResultsQueries(IDbContextFactory<WorkbenchDb> contexts) => _contexts = contexts;

    public async Task<PagedResult<ResultRecord>> PageAsync(string runId, string? cursor, int take, CancellationToken cancellationToken)
    {
        var after = (int)Math.Min(Cursor.After(cursor), int.MaxValue);
        var (_, rows) = await LoadAsync(runId, results => Chunk(results, after, take + 1), cancellationToken).ConfigureAwait(false);
        return Cursor.Page(rows, take, row => row.Index, row => row);
    }

    /// <summary>All results of a run in sample order, read in chunks.</summary>
    /// <exception cref="UserErrorException">The labels were changed meanwhile: what came before would not fit what follows.</exception>
    public async IAsyncEnumerable<ResultRecord> AllAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int? revision = null;
        for (var after = -1; ;)
        {
            var (run, rows) = await LoadAsync(runId, results => Chunk(results, after, ChunkSize), cancellationToken).ConfigureAwait(false);
            if (run.LabelRevision != (revision ??= run.LabelRevision))
                throw new UserErrorException(UserErrorKind.Conflict, "The labels were changed while the results were read.", "Read them again.");
            foreach (var row in rows)
                yield return row;
            if (rows.Count < ChunkSize)
                yield break;
            after = rows[^1].Index;
        }
    }

    /// <summary>The results of these samples, in sample order.</summary>
    internal async Task<IReadOnlyList<ResultRecord>> OfAsync(string runId, IReadOnlyList<int> indexes, CancellationToken cancellationToken) =>
        (await LoadAsync(runId, results => results.Where(result => indexes.Contains(result.SampleIndex)), cancellationToken).ConfigureAwait(false)).Rows;

    /// <exception cref="UserErrorException">There is no such run.</exception>
    public async Task<IReadOnlyList<string>> LabelsAsync(string runId, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return [.. (await RunAsync(db, runId, cancellationToken).ConfigureAwait(false)).Reader.Labels.Labels.Select(label => label.Name)];
    }

    internal static string Explain(UnscorableReason reason) => reason switch
    {
        UnscorableReason.NoLogProbabilities => "The server sent no log probs with this answer.",
        UnscorableReason.NoUsableLogProbability => "The server sent log probs, but none that can be used (as -9999 for every alternative).",
        _ => "No token of the answer stands for a label: check the label words and the prompt.",
    };

    private static async Task<RunContext> RunAsync(WorkbenchDb db, string runId, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(runId, "run");
        var found = await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            where run.Id == key
            select experiment).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? throw UserErrorException.NotFound("run", runId);
        return new RunContext(key, found.DatasetId, found.LabelRevision, LabelReaders.For(found.Labels), found.PositiveLabel);
    }

    private static IQueryable<RunResult> Chunk(IQueryable<RunResult> results, int after, int take) =>
        results.Where(result => result.SampleIndex > after).OrderBy(result => result.SampleIndex).Take(take);

    /// <summary>Labels and rows of one moment: both are read in one transaction.</summary>
    private async Task<(RunContext Run, IReadOnlyList<ResultRecord> Rows)> LoadAsync(string runId, Func<IQueryable<RunResult>, IQueryable<RunResult>> choose, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var run = await RunAsync(db, runId, cancellationToken).ConfigureAwait(false);
        var rows = await (
            from result in choose(db.Set<RunResult>().AsNoTracking().Where(result => result.RunId == run.Key))
            join sample in db.Set<Sample>() on new { run.DatasetId, Index = result.SampleIndex } equals new { sample.DatasetId, sample.Index }
            join answer in db.Set<Answer>() on result.AnswerId equals answer.Id into answers
            from answer in answers.DefaultIfEmpty()
            orderby result.SampleIndex
            select new { Result = result, sample.Label, Answer = answer }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (run, [.. rows.Select(row => ToRecord(run, row.Result, row.Label, row.Answer))]);
    }

    private static ResultRecord ToRecord(RunContext run, RunResult result, string? label, Answer? stored)
    {
        var labels = run.Reader.Labels;
        var masses = new double[labels.Count];
        var censored = new bool[labels.Count];
        var scored = result.Status == ResultStatus.Scored;
        var anyCensored = scored && MassColumn.Read(result.Masses, masses, censored);
        var positions = stored is null ? [] : AnswerCodec.Decode(stored.Positions);
        return new ResultRecord(
            result.SampleIndex,
            label,
            result.Predicted is { } predicted ? labels.Labels[predicted].Name : null,
            scored ? LabelMasses.Score(masses, labels.IndexOf(run.PositiveLabel)) : null,
            result.Entropy,
            result.LogMargin,
            result.TokenEntropy,
            result.TokenMargin,
            result.Coverage,
            result.OffLabelMass,
            result.UnseenMass,
            result.DroppedLogprobs,
            anyCensored,
            result.Status,
            result.Reason,
            result.Status == ResultStatus.Unscorable ? Explain(Enum.Parse<UnscorableReason>(result.Reason!)) : result.Problem,
            scored ? labels.Labels.Select((definition, index) => (definition.Name, P: LabelMasses.Probability(masses, index))).ToDictionary(pair => pair.Name, pair => pair.P) : new Dictionary<string, double>(),
            TopTokens.Of(positions, run.Reader.Read(positions, stored?.Text).AnswerPosition, run.Reader),
            stored?.Text,
            result.AnswerMismatch,
            stored?.FinishReason,
            stored?.ServedModel,
            result.LatencyMilliseconds,
            result.Cached);
    }

    private sealed record RunContext(long Key, long DatasetId, int LabelRevision, LabelReader Reader, string PositiveLabel);
}
