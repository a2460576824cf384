using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>What was computed from a run's score columns lives as long as they do: the cache of the columns bounds both.</summary>
internal sealed class JudgedRuns(RunScoresCache scores, SliceColumns columns)
{
    /// <summary>More restrictions of one run than anybody looks at in turn.</summary>
    private const int MostScopes = 16;

    private static readonly ConditionalWeakTable<RunScores, JudgedRun> Whole = [];
    private static readonly ConditionalWeakTable<RunScores, ConcurrentDictionary<SampleScope, JudgedRun>> Restricted = [];

    /// <summary>All of a run.</summary>
    public static JudgedRun Of(RunScores scores) => Whole.GetValue(scores, static columns => new JudgedRun(columns));

    /// <summary>The part of a run that a scope allows.</summary>
    /// <exception cref="UserErrorException">The dataset has no such column, or the column no such value.</exception>
    public async Task<JudgedRun> OfAsync(string runId, long datasetId, SampleScope scope, CancellationToken cancellationToken) =>
        await OfAsync(await scores.GetAsync(Ids.Parse(runId, "run"), cancellationToken).ConfigureAwait(false), datasetId, scope, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="OfAsync(string, long, SampleScope, CancellationToken)"/>
    public async Task<JudgedRun> OfAsync(RunScores run, long datasetId, SampleScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsAll)
            return Of(run);
        var restricted = Restricted.GetValue(run, static _ => new());
        if (restricted.TryGetValue(scope, out var known))
            return known;
        var isInSlice = await RowsAsync(run, datasetId, scope, cancellationToken).ConfigureAwait(false);
        var judged = new JudgedRun(run, isInSlice is null ? null : [.. Enumerable.Range(0, run.Count).Where(isInSlice)], scope.MostEntropy);
        if (restricted.Count >= MostScopes)
            restricted.Clear();
        return restricted.GetOrAdd(scope, judged);
    }

    /// <summary>The scope without what the dataset does not have: an address may name anything.</summary>
    public async Task<SampleScope> AllowedAsync(long datasetId, SampleScope scope, CancellationToken cancellationToken) =>
        scope.Value is null || (await columns.FindAsync(datasetId, scope.Column, cancellationToken).ConfigureAwait(false))?.CodeOf(scope.Value) >= 0
            ? scope
            : new SampleScope(MostEntropy: scope.MostEntropy);

    /// <summary>Whether a row of the run is of the scope's slice; null where the scope has none.</summary>
    /// <exception cref="UserErrorException">The dataset has no such column, or the column no such value.</exception>
    public async Task<Func<int, bool>?> RowsAsync(RunScores run, long datasetId, SampleScope scope, CancellationToken cancellationToken) =>
        await CodeAsync(datasetId, scope, cancellationToken).ConfigureAwait(false) is var (column, code) ? row => column.Codes[run.SampleIndex[row]] == code : null;

    /// <summary>Where the scope's slice stands in its column; null where it has none.</summary>
    /// <exception cref="UserErrorException">The dataset has no such column, or the column no such value.</exception>
    public async Task<(SliceColumn Column, int Code)?> CodeAsync(long datasetId, SampleScope scope, CancellationToken cancellationToken)
    {
        if (scope.Value is not { } value)
            return null;
        var name = scope.Column ?? "source";
        var column = await columns.FindAsync(datasetId, scope.Column, cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.Field(name, $"The dataset has no {(scope.Column is null ? "source column" : $"column \"{scope.Column}\" to make slices by")}.", "Leave it out, or name another.");
        var code = column.CodeOf(value);
        if (code < 0)
            throw UserErrorException.Field(name, $"The dataset has no {name} \"{value}\".", $"It has {string.Join(", ", column.Values.Take(20))}.");
        return (column, code);
    }
}
