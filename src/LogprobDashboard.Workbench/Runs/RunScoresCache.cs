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

    public void Dispose() => _cache.Dispose();

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
        var samples = await datasets.ColumnsAsync(state.DatasetId, cancellationToken).ConfigureAwait(false);
        var labels = state.Labels.Select(label => label.Name).ToList();
        var labelOfCode = samples.Labels.Select(label => labels.IndexOf(label)).ToArray();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var scores = new RunScores(Count(connection, transaction, runId), labels, samples.Sources);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            SELECT "SampleIndex", "Status", "Predicted", "Masses", "UnseenMass", "Coverage", "Entropy", "LogMargin", "TokenEntropy", "TokenMargin"
            FROM "Results" WHERE "RunId" = $run ORDER BY "SampleIndex"
            """;
        command.Parameters.AddWithValue("$run", runId);
        using var rows = command.ExecuteReader();
        for (var row = 0; rows.Read(); row++)
            ReadRow(rows, scores, row, samples, labelOfCode);
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

    private static void ReadRow(SqliteDataReader rows, RunScores scores, int row, SampleColumns samples, int[] labelOfCode)
    {
        var index = rows.GetInt32(0);
        scores.SampleIndex[row] = index;
        scores.Status[row] = (ResultStatus)rows.GetInt32(1);
        scores.Predicted[row] = rows.IsDBNull(2) ? -1 : rows.GetInt32(2);
        if (!rows.IsDBNull(3))
            scores.SetMasses(row, rows.GetFieldValue<byte[]>(3));
        scores.UnseenMass[row] = Number(rows, 4);
        scores.Coverage[row] = Number(rows, 5);
        scores.Entropy[row] = Number(rows, 6);
        scores.LogMargin[row] = Number(rows, 7);
        scores.TokenEntropy[row] = Number(rows, 8);
        scores.TokenMargin[row] = Number(rows, 9);
        scores.TrueLabel[row] = samples.LabelCodes[index] < 0 ? -1 : labelOfCode[samples.LabelCodes[index]];
        scores.Source[row] = samples.SourceCodes[index];
    }

    private static double Number(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? double.NaN : rows.GetDouble(column);

    private sealed record State(int ResultsRevision, long DatasetId, int LabelRevision, IReadOnlyList<ExperimentLabel> Labels);

    private sealed record Held(int ResultsRevision, int LabelRevision, RunScores Scores);
}
