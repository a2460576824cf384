using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Workbench.Compare.Curves;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>The precision-recall curves of every label against the rest, and of all (sample, label) pairs together.</summary>
public sealed class LabelCurvesQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly JudgedRuns _judged;

    internal LabelCurvesQueries(ExperimentsQueries experiments, JudgedRuns judged) => (_experiments, _judged) = (experiments, judged);

    /// <summary>The micro-averaged curves first, then the labels' in the experiment's order; at most <paramref name="maxPoints"/> points a curve, thinned without moving its shape.</summary>
    public async Task<IReadOnlyList<LabelCurves>> OfAsync(CompareView view, int maxPoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var datasetId = (await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false)).DatasetId;
        var runs = new List<(string Id, JudgedRun Judged)>();
        foreach (var run in view.Runs)
            runs.Add((run.RunId, await _judged.OfAsync(run.RunId, datasetId, view.Scope, cancellationToken).ConfigureAwait(false)));
        return await Task.Run<IReadOnlyList<LabelCurves>>(
            () =>
            [
                new LabelCurves(null, [.. runs.Select(run => Micro(run.Id, run.Judged, maxPoints))]),
                .. view.Labels.Select((label, place) => new LabelCurves(label, [.. runs.Select(run => Of(run.Id, run.Judged.Ranked(place).AveragePrecision, run.Judged.Curve(place, maxPoints, null).Points))])),
            ],
            cancellationToken).ConfigureAwait(false);
    }

    private static LabelCurve Micro(string runId, JudgedRun run, int maxPoints) => CurveMemory.Of(run, (nameof(LabelCurvesQueries), maxPoints), () =>
    {
        var ranked = run.MicroRanked();
        return Of(runId, ranked.AveragePrecision, ThinnedCurve.Of(ranked, maxPoints, null).Points);
    });

    private static LabelCurve Of(string runId, double? averagePrecision, IReadOnlyList<PrecisionRecallPoint> points) =>
        new(runId, averagePrecision, [.. points.Select(point => new CurvePoint(point.Threshold, point.Precision, point.Recall))]);
}

/// <summary>The runs' curves of one label, in the view's order. A null <paramref name="Label"/>: every (sample, label) pair is one case.</summary>
public sealed record LabelCurves(string? Label, IReadOnlyList<LabelCurve> Runs);

/// <summary>By ascending recall; empty where there is no positive or no negative.</summary>
public sealed record LabelCurve(string RunId, double? AveragePrecision, IReadOnlyList<CurvePoint> Points);
