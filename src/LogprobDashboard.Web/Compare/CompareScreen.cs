using LogprobDashboard.Web.Charts;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>A view with all that is worked out from it, once: what the page's parts show.</summary>
public sealed record CompareScreen(CompareView View, IReadOnlyList<CompareRow> Rows, ChartDefinition Chart, CompareVerdict Verdict)
{
    public static CompareScreen Of(CompareView view)
    {
        var rows = CompareSeries.Rows(view);
        return new CompareScreen(view, rows, CompareSeries.Chart(view, rows), CompareVerdict.Of(view, rows));
    }
}
