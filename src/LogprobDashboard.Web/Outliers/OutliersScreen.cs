using LogprobDashboard.Web.Distributions;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A view with all that is worked out from it, once. The rows of the list are not in here: they are read as they come into sight.</summary>
public sealed record OutliersScreen(
    ExperimentSummary Experiment,
    OutliersState State,
    OutliersView View,
    IReadOnlyList<OutlierLook> Looks,
    OutliersVerdict? Verdict,
    IReadOnlyList<HistogramDrawing> Histograms,
    LabelPalette Palette,
    OutlierRow? Selected)
{
    public static OutliersScreen Of(ExperimentSummary experiment, OutliersState state, OutliersView view, OutlierRow? selected)
    {
        var looks = OutlierLook.Of(view);
        return new OutliersScreen(
            experiment,
            state,
            view,
            looks,
            looks.Count == 0 ? null : OutliersVerdict.Of(view, looks),
            HistogramDrawing.Of(view, looks),
            new LabelPalette(view.Labels),
            selected);
    }
}
