using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>A run as a list knows it: enough to choose it and to tell whether its figures still hold.</summary>
internal sealed record ListedRun(long Id, long ExperimentId, long? VariantId, string Name, RunStatus Status, int Total, int Answered, int ResultsRevision, int LabelRevision, string PositiveLabel);

/// <summary>Figures of runs, computed where they are missing or out of date, and kept.</summary>
internal sealed class RunFigures(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, RunScoresCache scores)
{
    private const int ThumbnailPoints = 60;
    private const int AtOnce = 200;

    /// <summary>The figures of these runs by run; with <paramref name="withCurves"/> false the curves are left out.</summary>
    public async Task<IReadOnlyDictionary<long, RunFigure>> OfAsync(IReadOnlyList<ListedRun> runs, bool withCurves, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(runs, withCurves, cancellationToken).ConfigureAwait(false);
        foreach (var missing in runs.Where(run => !known.ContainsKey(run.Id)).Chunk(AtOnce))
        {
            var computed = new List<RunFigure>();
            foreach (var run in missing)
            {
                if (await ComputeAsync(run, cancellationToken).ConfigureAwait(false) is { } figure)
                    computed.Add(known[run.Id] = figure);
            }

            await KeepAsync(computed, cancellationToken).ConfigureAwait(false);
        }

        return known;
    }

    /// <summary>The figures of a run by its results as they are now, computed and not kept.</summary>
    /// <returns>Null where the run was deleted meanwhile, or its labels changed.</returns>
    public async Task<RunFigure?> ComputeAsync(ListedRun run, CancellationToken cancellationToken)
    {
        try
        {
            var judged = JudgedRuns.Of(await scores.GetAsync(run.Id, cancellationToken).ConfigureAwait(false));
            var positive = judged.LabelIndex(run.PositiveLabel, run.PositiveLabel);
            var ranked = judged.Ranked(positive);
            return new RunFigure
            {
                RunId = run.Id,
                ResultsRevision = run.ResultsRevision,
                LabelRevision = run.LabelRevision,
                PositiveLabel = run.PositiveLabel,
                AveragePrecision = judged.Scores.Labels.Count > 2 ? judged.AllLabels().MacroAveragePrecision : ranked.AveragePrecision,
                Curve = [.. ThinnedCurve.Of(ranked, ThumbnailPoints, null).Points.Select(point => new[] { Math.Round(point.Recall, 4), Math.Round(point.Precision, 4) })],
            };
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private async Task<Dictionary<long, RunFigure>> KnownAsync(IReadOnlyList<ListedRun> runs, bool withCurves, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, RunFigure>();
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var stored = db.Set<RunFigure>().AsNoTracking();
        foreach (var chunk in runs.Chunk(AtOnce))
        {
            var ids = chunk.Select(run => run.Id).ToList();
            var rows = stored.Where(figure => ids.Contains(figure.RunId));
            var figures = await (withCurves ? rows : rows.Select(figure => new RunFigure
            {
                RunId = figure.RunId,
                ResultsRevision = figure.ResultsRevision,
                LabelRevision = figure.LabelRevision,
                PositiveLabel = figure.PositiveLabel,
                AveragePrecision = figure.AveragePrecision,
            })).ToDictionaryAsync(figure => figure.RunId, cancellationToken).ConfigureAwait(false);
            foreach (var run in chunk)
            {
                if (figures.TryGetValue(run.Id, out var figure) && (figure.ResultsRevision, figure.LabelRevision, figure.PositiveLabel) == (run.ResultsRevision, run.LabelRevision, run.PositiveLabel))
                    known[run.Id] = figure;
            }
        }

        return known;
    }

    /// <summary>A run that was deleted meanwhile gets no figure.</summary>
    private async Task KeepAsync(List<RunFigure> figures, CancellationToken cancellationToken)
    {
        if (figures.Count == 0)
            return;
        var ids = figures.ConvertAll(figure => figure.RunId);
        using var turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        await db.Set<RunFigure>().Where(figure => ids.Contains(figure.RunId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var there = await db.Set<Run>().Where(run => ids.Contains(run.Id)).Select(run => run.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        db.AddRange(figures.Where(figure => there.Contains(figure.RunId)));
        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
