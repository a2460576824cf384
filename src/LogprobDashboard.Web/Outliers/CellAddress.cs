using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>Where the samples of a compare view are listed: what the view is restricted to, the list is too.</summary>
public static class CellAddress
{
    /// <summary>The samples of a cell of the run's confusion matrix, as many as it counts.</summary>
    public static string Of(CompareView view, string runId, OutlierCell cell) => StateOf(view, runId, cell).AddressOf(view.ExperimentId);

    /// <summary>A sample's page, with the way back to such a list.</summary>
    public static string OfSample(CompareView view, string runId, OutlierCell cell, int index) => SampleAddress.Of(view.ExperimentId, index, StateOf(view, runId, cell));

    private static OutliersState StateOf(CompareView view, string runId, OutlierCell cell) => OutliersState.Default with { Runs = [runId], Scope = view.Scope, Cell = cell };
}
