using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>Curves of how far a run's probabilities can be believed.</summary>
internal static class CalibrationCurves
{
    public static RunReliability Reliability(DrawnRun run, bool equalWidth)
    {
        var diagram = CurveMemory.Of(run.Judged, (nameof(Reliability), run.Positive, equalWidth), () => Diagram(run, equalWidth).Diagram);
        return new RunReliability(run.Shown.RunId, diagram.Bins, diagram.ExpectedCalibrationError, diagram.MaximumCalibrationError, run.Judged.Scores.Labels.Count > 2);
    }

    public static (ReliabilityDiagram Diagram, double[] Probabilities, bool[] Outcomes) Diagram(DrawnRun run, bool equalWidth)
    {
        var (probabilities, outcomes) = MetricsCalculator.ReliabilityCases(run.Judged, run.Positive);
        return (equalWidth ? ReliabilityDiagram.EqualWidth(probabilities, outcomes) : ReliabilityDiagram.EqualMass(probabilities, outcomes), probabilities, outcomes);
    }

    public static RunRiskCoverage RiskCoverage(DrawnRun run, CurvesRequest request) => CurveMemory.Of(run.Judged, request, () =>
    {
        var (certainty, isError) = Cases(run.Judged, request.Choice.ByMargin);
        var curve = RiskCoverageCurve.Create(certainty, isError, run.Judged.Unscorable);
        var kept = CurveWindow.Thin([.. curve.Points.Select(point => point.Coverage)], [.. curve.Points.Select(point => point.Risk)], CurveShape.Line, request, []);
        return new RunRiskCoverage(run.Shown.RunId, [.. kept.Select(index => curve.Points[index])], curve.AreaUnderRiskCoverage);
    });

    public static double Certainty(RunScores scores, int row, bool byMargin) => byMargin ? scores.LogMargin[row] : -scores.Entropy[row];

    /// <summary>How sure each scored sample is, and whether its predicted label is wrong.</summary>
    public static (double[] Certainty, bool[] IsError) Cases(JudgedRun run, bool byMargin) =>
    (
        [.. run.Rows.Select(row => Certainty(run.Scores, row, byMargin))],
        [.. run.Rows.Select(row => run.Scores.Predicted[row] != run.Scores.TrueLabel[row])]
    );
}
