using System.Runtime.CompilerServices;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>
/// The reasons of many samples at once. A text never changes, so what was read off it is kept, a byte a sample, in one bounded place for the whole process:
/// every text is read once, when it first comes into a list.
/// </summary>
internal sealed class ReasonReading(IDbContextFactory<WorkbenchDb> contexts) : IDisposable
{
    private const byte Known = 0x80;
    private const int ChunkSize = 2000;
    private readonly ConditionalWeakTable<RunScores, HashSet<int>> _mismatches = [];
    private readonly MemoryCache _texts = new(new MemoryCacheOptions { SizeLimit = 16 * 1024 * 1024 });

    /// <returns>By place in <paramref name="places"/>.</returns>
    public async Task<ReasonCodes[]> ReadAsync(long datasetId, int datasetSize, IReadOnlyList<long> runIds, OutlierSelection selection, IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        var samples = places.Select(place => selection.Pool.Samples[place]).ToArray();
        var texts = await TextsAsync(datasetId, datasetSize, samples, cancellationToken).ConfigureAwait(false);
        var mismatches = new List<HashSet<int>>();
        for (var run = 0; run < runIds.Count; run++)
            mismatches.Add(await MismatchesAsync(runIds[run], selection.Pool.Runs[run], cancellationToken).ConfigureAwait(false));
        var reasons = new ReasonCodes[places.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = (ReasonCodes)(texts[samples[i]] & ~Known);
            for (var run = 0; run < selection.Pool.Runs.Count; run++)
                reasons[i] |= OutlierReasons.OfRow(selection.Pool.Runs[run], selection.Pool.Rows(run)[places[i]]);
            if (mismatches.Exists(indexes => indexes.Contains(samples[i])))
                reasons[i] |= ReasonCodes.AnswerMismatch;
            if (selection.Disagree(places[i]))
                reasons[i] |= ReasonCodes.RunsDisagree;
        }

        return reasons;
    }

    public void Dispose() => _texts.Dispose();

    /// <summary>By sample index; filled in for these samples.</summary>
    private async Task<byte[]> TextsAsync(long datasetId, int datasetSize, int[] samples, CancellationToken cancellationToken)
    {
        var known = _texts.GetOrCreate(datasetId, entry =>
        {
            entry.Size = datasetSize;
            entry.SlidingExpiration = TimeSpan.FromHours(1);
            return new byte[datasetSize];
        })!;
        foreach (var unknown in samples.Where(sample => known[sample] == 0).Chunk(ChunkSize))
        {
            var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = db.ConfigureAwait(false);
            var rows = await db.Set<Sample>().AsNoTracking().Where(sample => sample.DatasetId == datasetId && EF.Parameter(unknown).Contains(sample.Index))
                .Select(sample => new { sample.Index, sample.Text }).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
                known[row.Index] = (byte)((byte)TextReasons.Of(row.Text) | Known);
        }

        return known;
    }

    /// <summary>Kept as long as the run's columns are: a changed run has new ones.</summary>
    private async Task<HashSet<int>> MismatchesAsync(long runId, RunScores scores, CancellationToken cancellationToken)
    {
        if (_mismatches.TryGetValue(scores, out var known))
            return known;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var found = await db.Set<RunResult>().AsNoTracking()
            .Where(result => result.RunId == runId && result.AnswerMismatch && result.Status == ResultStatus.Scored)
            .Select(result => result.SampleIndex).ToHashSetAsync(cancellationToken).ConfigureAwait(false);
        _mismatches.AddOrUpdate(scores, found);
        return found;
    }
}
