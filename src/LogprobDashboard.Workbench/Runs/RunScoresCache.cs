using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The one place where score columns live: bounded, for the whole process, each known by the revision of its run's results. Two who ask at once share one load.</summary>
internal sealed class RunScoresCache(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries datasets, IOptions<WorkbenchOptions> options) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = options.Value.ScoreCacheBytes });
    private readonly KeyedLocks<long> _loading = new();
    private readonly BoundedCache<long, SampleColumns> _samples = new(32L * 1024 * 1024, columns => (columns.LabelCodes.Length + columns.SourceCodes.Length) * (long)sizeof(int));

    public async Task<RunScores> GetAsync(long runId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        using (await _loading.EnterAsync(runId, cancellationToken).ConfigureAwait(false))
        {
            if (await FindAsync(runId, cancellationToken).ConfigureAwait(false) is { } loaded)
                return loaded;
            var (state, scores) = await LoadAsync(runId, cancellationToken).ConfigureAwait(false);
            _cache.Remove(runId); // an older revision makes room first
            _cache.Set(runId, new Held(state.ResultsRevision, state.LabelRevision, scores), new MemoryCacheEntryOptions { Size = scores.Size, SlidingExpiration = TimeSpan.FromMinutes(20) });
            return scores;
        }
    }

    public void Dispose()
    {
        _cache.Dispose();
        _samples.Dispose();
    }

    private async Task<RunScores?> FindAsync(long runId, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(runId, out Held? held))
            return null;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var state = await StateAsync(db, runId, cancellationToken).ConfigureAwait(false);
        return held!.ResultsRevision == state.ResultsRevision && held.LabelRevision == state.LabelRevision ? held.Scores : null;
    }

    private static async Task<State> StateAsync(WorkbenchDb db, long runId, CancellationToken cancellationToken) =>
        await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            where run.Id == runId
            select new State(run.ResultsRevision, experiment.DatasetId, experiment.LabelRevision, experiment.Labels))
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? throw UserErrorException.NotFound("run", Ids.Format(runId));

    /// <summary>Labels and rows of one moment: both are read in one transaction.</summary>
    private async Task<(State State, RunScores Scores)> LoadAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var state = await StateAsync(db, runId, cancellationToken).ConfigureAwait(false);
        var samples = (await _samples.FindAsync(state.DatasetId, async cancel => await datasets.ColumnsAsync(state.DatasetId, cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))!;
        var labels = state.Labels.Select(label => label.Name).ToList();
        var labelOfCode = samples.Labels.Select(label => labels.IndexOf(label)).ToArray();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var scores = new RunScores(Count(connection, transaction, runId), labels, samples.Sources);
        using var rows = new ScoredRows(connection, runId);
        for (var row = 0; rows.Read(); row++)
        {
            rows.CopyTo(scores, row);
            var index = rows.SampleIndex;
            scores.TrueLabel[row] = samples.LabelCodes[index] < 0 ? -1 : labelOfCode[samples.LabelCodes[index]];
            scores.Source[row] = samples.SourceCodes[index];
        }

        return (state, scores);
    }

    private static int Count(SqliteConnection connection, SqliteTransaction transaction, long runId)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """SELECT count(*) FROM "Results" WHERE "RunId" = $run""";
        command.Parameters.AddWithValue("$run", runId);
        return (int)(long)command.ExecuteScalar()!;
    }

    private sealed record State(int ResultsRevision, long DatasetId, int LabelRevision, IReadOnlyList<ExperimentLabel> Labels);

    private sealed record Held(int ResultsRevision, int LabelRevision, RunScores Scores);
}
