using System.Text.Json;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>Makes listings, and keeps the latest of them for the whole process within a bound. One that was made of columns that have changed is made anew.</summary>
internal sealed class OutlierListings(IDbContextFactory<WorkbenchDb> contexts, ReasonReading reasons, OutlierPools pools) : IDisposable
{
    /// <summary>Reasons are read for at most this many samples, the first of the list.</summary>
    public const int MostReasons = 20_000;

    private const long CacheBytes = 32 * 1024 * 1024;
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    public async Task<OutlierListing> GetAsync(ChosenRuns runs, OutliersRequest request, CancellationToken cancellationToken)
    {
        var key = JsonSerializer.Serialize(request with { RunIds = [.. runs.Runs.Select(run => run.Id)], Sample = null }, JsonColumn.Json) + runs.PositiveLabel;
        if (_cache.TryGetValue(key, out Held? held) && held!.IsOf(runs.Scores))
            return held.Listing;
        var listing = await MakeAsync(runs, request, cancellationToken).ConfigureAwait(false);
        _cache.Remove(key); // the one before makes room first
        _cache.Set(key, new Held([.. runs.Scores.Select(scores => new WeakReference<RunScores>(scores))], listing), new MemoryCacheEntryOptions { Size = listing.Size, SlidingExpiration = TimeSpan.FromMinutes(20) });
        return listing;
    }

    public void Dispose() => _cache.Dispose();

    private async Task<OutlierListing> MakeAsync(ChosenRuns runs, OutliersRequest request, CancellationToken cancellationToken)
    {
        var (pool, cell) = await pools.MakeAsync(runs, request, cancellationToken).ConfigureAwait(false);
        var selection = new OutlierSelection(pool, request, cell);
        var shown = await SearchAsync(runs.DatasetId, request.Search, pool, selection.Shown, cancellationToken).ConfigureAwait(false);
        var sort = request.SortOrDefault;
        var places = OutlierRanking.Sort(selection, shown, sort, runs.Runs.ToList().FindIndex(run => run.Id == sort.RunId), runs.Positive);
        var lookedAt = places.AsSpan(0, Math.Min(places.Length, MostReasons)).ToArray();
        var codes = await reasons.ReadAsync(runs.DatasetId, runs.DatasetSize, runs.Keys, selection, lookedAt, cancellationToken).ConfigureAwait(false);
        var kept = OutlierReasons.TryParse(request.Reason, out var wanted) ? [.. lookedAt.Where((_, i) => codes[i].HasFlag(wanted))] : places;
        return Describe(selection, runs, kept, codes, places.Length);
    }

    private static OutlierListing Describe(OutlierSelection selection, ChosenRuns runs, int[] kept, ReasonCodes[] codes, int beforeReason)
    {
        var bins = OutlierBins.Create(selection, runs.Labels.Count);
        var looser = selection.Signals.Any(signal => signal.HasCut) && selection.Counts.Any == 0 ? selection.Signals.Max(signal => signal.LargestShareWithSomethingBeyond()) : null;
        return new OutlierListing(
            Array.ConvertAll(kept, place => selection.Pool.Samples[place]),
            bins?.Edges ?? [],
            [.. Enumerable.Range(0, runs.Runs.Count).Select(run => Figures(selection, run, bins))],
            selection.Pool.Count,
            selection.Counts,
            Count(codes),
            codes.Length,
            beforeReason,
            looser);
    }

    private static RunFigures Figures(OutlierSelection selection, int run, Analysis.Summaries.Histogram? bins)
    {
        var (signal, scores, runs) = (selection.Signals[run], selection.Pool.Runs[run], selection.Signals.Count);
        var (beyond, within) = selection.Errors(run);
        return new RunFigures(
            scores.Status.Count(status => status != ResultStatus.Failed),
            signal.Sorted.Length,
            signal.Cut,
            signal.HasCut ? Enumerable.Range(0, selection.Pool.Count).Count(signal.IsBeyond) : 0,
            bins?.Counts[run] ?? [],
            bins is not null && bins.Counts.Count > runs ? bins.Counts[runs + run] : [],
            signal.Knots,
            beyond,
            within);
    }

    private static List<ReasonCount> Count(ReasonCodes[] codes)
    {
        var counts = new Dictionary<ReasonCodes, int>();
        foreach (var code in codes.SelectMany(OutlierReasons.Each))
            counts[code] = counts.GetValueOrDefault(code) + 1;
        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => new ReasonCount(OutlierReasons.Name(pair.Key), pair.Value))];
    }

    /// <summary>One pass over the dataset's texts, in the database.</summary>
    private async Task<IReadOnlyList<int>> SearchAsync(long datasetId, string? search, SamplePool pool, IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(search) || places.Count == 0)
            return places;
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var matching = await SampleSearch.MatchingAsync(db, datasetId, new SamplesFilter(search), cancellationToken).ConfigureAwait(false);
        var found = await matching.Select(sample => sample.Index).ToHashSetAsync(cancellationToken).ConfigureAwait(false);
        return [.. places.Where(place => found.Contains(pool.Samples[place]))];
    }

    /// <summary>Columns are referred to weakly: they belong to their own cache, whose bound must hold.</summary>
    private sealed record Held(IReadOnlyList<WeakReference<RunScores>> Columns, OutlierListing Listing)
    {
        public bool IsOf(IReadOnlyList<RunScores> scores) =>
            Columns.Count == scores.Count && Columns.Zip(scores).All(pair => pair.First.TryGetTarget(out var held) && ReferenceEquals(held, pair.Second));
    }
}
