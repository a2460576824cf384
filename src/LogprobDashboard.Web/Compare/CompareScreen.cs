using LogprobDashboard.Web.Charts;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Compare;

/// <summary>A view with all that is worked out from it, once: what the page's parts show. <paramref name="Multiples"/> hold the chart's series one by one; <paramref name="Uncertainty"/> is null until it is worked out.</summary>
public sealed record CompareScreen(
    ExperimentSummary Experiment,
    CompareView View,
    IReadOnlyList<CompareRow> Rows,
    ChartDefinition Chart,
    IReadOnlyList<SmallMultiple> Multiples,
    CompareVerdict Verdict,
    CompareUncertainty? Uncertainty = null)
{
    /// <summary>Takes the charts over from the screen before where they would look the same: what is not new is not drawn again.</summary>
    public static CompareScreen Of(ExperimentSummary experiment, CompareView view, CompareScreen? before = null, CompareUncertainty? uncertainty = null)
    {
        var rows = CompareSeries.Rows(view);
        var verdict = CompareVerdict.Of(view, rows, uncertainty);
        if (before is not null && CompareSeries.LookAlike(before.View, before.Rows, view, rows))
            return new CompareScreen(experiment, view, rows, before.Chart, before.Multiples, verdict, uncertainty);
        var chart = CompareSeries.Chart(view, rows);
        return new CompareScreen(experiment, view, rows, chart, CompareSeries.Multiples(view, rows, chart), verdict, uncertainty);
    }
}
