using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;

namespace LogprobDashboard.Web.Tests.Compare.Curves;

/// <summary>Curves of the two runs of <see cref="Views"/>, of every kind.</summary>
internal static class CurveScreens
{
    public static ComparedCurves Curves { get; } = new()
    {
        Roc = [Roc(Views.Plain, 0.976), Roc(Views.Strict, 0.954)],
        Reliability =
        [
            new("1", [new CalibrationBin(900, 0.2, 0.1, 0, 0.5), new CalibrationBin(100, 0.9, 0.95, 0.5, 1)], 0.1, 0.1, false),
            new("2", [new CalibrationBin(500, 0.5, 0.4, 0, 1)], 0.2, 0.2, false),
        ],
        RiskCoverage = [new("1", [new(-0.1, 0.5, 0.02), new(-0.6, 1, 0.07)], 0.03), new("2", [new(-0.2, 0.4, 0.1), new(null, 1, 0.13)], 0.05)],
        Scores = new([-1, 0, 1, 2], [new("1", [0, 50, 102], [800, 40, 8]), new("2", [20, 30, 102], [700, 140, 8])]),
        Thresholds = [new("1", [new(-3, 0.152, 1, 0.264), new(0.25, 0.4, 1, 0.571), new(9.5, 0.9, 0.5, 0.643)], -3, 9.5), new("2", [new(-2, 0.3, 1, 0.46), new(8, 0.8, 0.4, 0.53)], -2, 8)],
        Bands = new(new ResamplingRequest(1000, 7), [new("1", null, [new(0, 0.8, 1), new(1, 0.1, 0.2)]), new("1", ThresholdMetric.F1, [new(-3, 0.2, 0.3), new(9.5, 0.6, 0.7)]), new("2", null, [new(0, 0.5, 0.9), new(1, 0.1, 0.2)])]),
    };

    public static ComparePicture Picture(CompareState state, CompareView? view = null, ComparedCurves? curves = null)
    {
        var shown = view ?? Views.View(Views.Plain, Views.Strict);
        return CompareCharts.Of(shown, CompareSeries.Rows(shown), state, curves ?? Curves with { Bands = state.Bands ? Curves.Bands : null });
    }

    public static CompareScreen Screen(CompareState state, CompareView? view = null) =>
        CompareScreen.Of(Views.Experiment, view ?? Views.View(Views.Plain, Views.Strict), state: state, curves: Curves with { Bands = state.Bands ? Curves.Bands : null });

    private static RunRoc Roc(ComparedRun run, double area) =>
        new(run.RunId, area, [new RocPoint(null, 0, 0), new RocPoint(9.5, 0.01, 0.5), new RocPoint(0.25, 0.3, 1), new RocPoint(-3, 1, 1)], new RocPoint(0, 0.35, 0.98), new RocPoint(7, 0.02, 0.87));
}
