using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The one place where score columns live: bounded, for the whole process, each known by the revision of its run's results. Two who ask at once share one load.</summary>
internal sealed class RunScoresCache(IDbContextFactory<WorkbenchDb> contexts, DatasetsQueries datasets, RunColumnsQueue queue, IOptions<WorkbenchOptions> options) : IDisposable
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
            var scores = await LoadAsync(runId, cancellationToken).ConfigureAwait(false);
            _cache.Remove(runId); // an older revision makes room first
            _cache.Set(runId, scores, new MemoryCacheEntryOptions { Size = scores.Size, SlidingExpiration = TimeSpan.FromMinutes(20) });
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
        if (!_cache.TryGetValue(runId, out RunScores? held))
            return null;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var state = await StateAsync(db, runId, cancellationToken).ConfigureAwait(false);
        return held!.Revision == state.Revision ? held : null;
    }

    private static async Task<State> StateAsync(WorkbenchDb db, long runId, CancellationToken cancellationToken) =>
        await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            where run.Id == runId
            select new State(
                new RunRevision(run.ResultsRevision, experiment.LabelRevision),
                run.FinishedAt != null,
                run.Scored + run.Unscorable + run.Failed,
                experiment.DatasetId,
                experiment.Labels))
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? throw UserErrorException.NotFound("run", Ids.Format(runId));

    /// <summary>Labels and results of one moment: both are read in one transaction.</summary>
    private async Task<RunScores> LoadAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var state = await StateAsync(db, runId, cancellationToken).ConfigureAwait(false);
        var reading = Task.Run(() => SamplesAsync(state.DatasetId, cancellationToken), cancellationToken); // beside the results
        var labels = state.Labels.Select(label => label.Name).ToList();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        if (KeptColumns.Read(connection, runId, state.Revision, state.Results, Empty) is not { } scores)
        {
            scores = ScoredRows.Read(connection, runId, Empty);
            if (state.IsOver)
                queue.Add(runId);
        }

        var samples = await reading.ConfigureAwait(false);
        scores.Sources = samples.Sources;
        var labelOfCode = samples.Labels.Select(label => labels.IndexOf(label)).ToArray();
        for (var row = 0; row < scores.Count; row++)
        {
            var index = scores.SampleIndex[row];
            scores.TrueLabel[row] = samples.LabelCodes[index] < 0 ? -1 : labelOfCode[samples.LabelCodes[index]];
            scores.Source[row] = samples.SourceCodes[index];
        }

        return scores;

        RunScores Empty(int count) => new(count, labels) { Revision = state.Revision };
    }

    private async Task<SampleColumns> SamplesAsync(long datasetId, CancellationToken cancellationToken) =>
        (await _samples.FindAsync(datasetId, async cancel => await datasets.ColumnsAsync(datasetId, cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))!;

    private sealed record State(RunRevision Revision, bool IsOver, int Results, long DatasetId, IReadOnlyList<ExperimentLabel> Labels);
}
