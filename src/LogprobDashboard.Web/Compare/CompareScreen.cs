using LogprobDashboard.Web.Charts;
using LogprobDashboard.Web.Compare.Curves;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Compare.Curves;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Compare;

/// <summary>A view with all that is worked out from it, once: what the page's parts show. <paramref name="Uncertainty"/> is null until it is worked out.</summary>
public sealed record CompareScreen(
    ExperimentSummary Experiment,
    CompareView View,
    IReadOnlyList<CompareRow> Rows,
    ComparePicture Picture,
    CompareVerdict Verdict,
    CompareUncertainty? Uncertainty = null)
{
    /// <summary>All runs over each other.</summary>
    public ChartDefinition Chart => Picture.Whole;

    /// <summary>The chart divided into small ones.</summary>
    public IReadOnlyList<SmallMultiple> Multiples => Picture.Multiples;

    /// <summary>What is drawn besides the view.</summary>
    public ComparedCurves Curves { get; init; } = new();

    public ComparePart Parts { get; init; } = new();

    /// <summary>Runs in which labels were outside of the top tokens.</summary>
    public IReadOnlyList<RunCensoring> Censored { get; init; } = [];

    /// <summary>Takes the charts over from the screen before where they would look the same: what is not new is not drawn again.</summary>
    public static CompareScreen Of(
        ExperimentSummary experiment, CompareView view, CompareScreen? before = null, CompareUncertainty? uncertainty = null, CompareState? state = null, ComparedCurves? curves = null, string? wait = null)
    {
        var rows = CompareSeries.Rows(view);
        var drawn = curves ?? new ComparedCurves();
        var picture = CompareCharts.Of(view, rows, state ?? CompareState.Default, drawn, wait).Or(before?.Picture);
        return new CompareScreen(experiment, view, rows, picture, CompareVerdict.Of(view, rows, uncertainty), uncertainty) { Curves = drawn };
    }
}
