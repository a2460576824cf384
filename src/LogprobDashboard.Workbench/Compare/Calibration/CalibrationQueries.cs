using LogprobDashboard.Workbench.Compare.Curves;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare.Calibration;

/// <summary>How far the probabilities of compared runs can be believed, before and after calibration.</summary>
public sealed class CalibrationQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly JudgedRuns _judged;

    internal CalibrationQueries(ExperimentsQueries experiments, JudgedRuns judged) => (_experiments, _judged) = (experiments, judged);

    public async Task<ComparedCalibration> OfAsync(CompareView view, CalibrationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        var datasetId = (await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false)).DatasetId;
        var runs = new List<(string Id, JudgedRun Shown, JudgedRun All)>();
        foreach (var run in view.Runs)
        {
            var shown = await _judged.OfAsync(run.RunId, datasetId, view.Scope, cancellationToken).ConfigureAwait(false);
            var all = await _judged.OfAsync(run.RunId, datasetId, view.Scope with { MostEntropy = null }, cancellationToken).ConfigureAwait(false);
            runs.Add((run.RunId, shown, all));
        }

        var made = await Task.Run(
            () => runs.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(run => Of(view, run.Id, run.Shown, run.All, request)).ToList(),
            cancellationToken).ConfigureAwait(false);
        return new ComparedCalibration(view.Labels.Count > 2 && !request.OfLabel, request.ErrorRate, view.Seed, made);
    }

    private static RunCalibration Of(CompareView view, string runId, JudgedRun shown, JudgedRun all, CalibrationRequest request)
    {
        var positive = shown.LabelIndex(view.PositiveLabel, view.PositiveLabel);
        var figures = CurveMemory.Of(shown, (nameof(CalibrationCalculator), positive, request.OfLabel, request.EqualWidth, view.Seed), () =>
            CalibrationCalculator.Figures(shown, positive, request, view.Seed));
        var conformal = CurveMemory.Of(shown, (nameof(ConformalCalculator), request.ErrorRate, view.Seed), () => new Kept(ConformalCalculator.Of(shown, request.ErrorRate, view.Seed)));
        var selective = CurveMemory.Of(all, (nameof(SelectiveCalculator), view.Scope.MostEntropy), () => new Selected(SelectiveCalculator.Of(all, view.Scope.MostEntropy)));
        return new RunCalibration(runId, shown.Rows.Count, shown.Unscorable, figures, conformal.Sets, selective.Figures);
    }

    /// <summary>What is not defined is kept too.</summary>
    private sealed record Kept(ConformalFigures? Sets);

    private sealed record Selected(SelectiveFigures? Figures);
}
