using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>The curves of a compared view's runs, each kind by itself.</summary>
public sealed class CurvesQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly JudgedRuns _judged;
    private readonly TextGroups _texts;

    internal CurvesQueries(ExperimentsQueries experiments, JudgedRuns judged, TextGroups texts) => (_experiments, _judged, _texts) = (experiments, judged, texts);

    public async Task<ComparedCurves> OfAsync(CompareView view, CurvesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        var runs = await JudgeAsync(view, request, cancellationToken).ConfigureAwait(false);
        return request.Curve switch
        {
            ComparedCurve.Roc => new ComparedCurves { Roc = Draw(runs, run => RankingCurves.Roc(run, request)) },
            ComparedCurve.Reliability => new ComparedCurves { Reliability = Draw(runs, run => CalibrationCurves.Reliability(run, request.Choice.EqualWidth)) },
            ComparedCurve.RiskCoverage => new ComparedCurves { RiskCoverage = Draw(runs, run => CalibrationCurves.RiskCoverage(run, request)) },
            ComparedCurve.Scores => new ComparedCurves { Scores = ScoreCurves.Distributions(runs) },
            ComparedCurve.Thresholds => new ComparedCurves { Thresholds = Draw(runs, run => ScoreCurves.Thresholds(run, request)) },
            _ => new ComparedCurves { PrecisionRecall = Draw(runs, run => RankingCurves.PrecisionRecall(run, request)) },
        };
    }

    /// <summary>Bands of the curves that were asked for; null where they have none, or nothing is to be drawn. They take a while.</summary>
    public async Task<CurveBands?> BandsAsync(CompareView view, CurvesRequest request, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(resampling);
        if (resampling.IsNone || request.Curve == ComparedCurve.Scores)
            return null;
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var texts = await _texts.OfAsync(experiment.DatasetId, cancellationToken).ConfigureAwait(false);
        var runs = await JudgeAsync(view, request, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () => new CurveBands(resampling, [.. runs.SelectMany(run => BandCalculator.Compute(run, texts, request, resampling, cancellationToken))]),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="BandsAsync"/>, but null where they have yet to be worked out.</summary>
    public async Task<CurveBands?> KnownBandsAsync(CompareView view, CurvesRequest request, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        var runs = await JudgeAsync(view, request, cancellationToken).ConfigureAwait(false);
        var bands = runs.Select(run => BandCalculator.Find(run, request, resampling)).ToList();
        return bands.Contains(null) ? null : new CurveBands(resampling, [.. bands.SelectMany(known => known!)]);
    }

    private static IReadOnlyList<TCurve> Draw<TCurve>(IReadOnlyList<DrawnRun> runs, Func<DrawnRun, TCurve> draw) => [.. runs.AsParallel().AsOrdered().Select(draw)];

    /// <summary>Risk against coverage shows what abstaining does: it is of all samples, the abstained ones too.</summary>
    private async Task<IReadOnlyList<DrawnRun>> JudgeAsync(CompareView view, CurvesRequest request, CancellationToken cancellationToken)
    {
        var scope = request.Curve == ComparedCurve.RiskCoverage ? view.Scope with { MostEntropy = null } : view.Scope;
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var runs = new List<DrawnRun>();
        foreach (var run in view.Runs)
        {
            var judged = await _judged.OfAsync(run.RunId, experiment.DatasetId, scope, cancellationToken).ConfigureAwait(false);
            runs.Add(new DrawnRun(run, judged, judged.LabelIndex(view.PositiveLabel, view.PositiveLabel)));
        }

        return runs;
    }
}

/// <summary>A view's run with its columns.</summary>
internal sealed record DrawnRun(ComparedRun Shown, JudgedRun Judged, int Positive);
