using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>The addresses of what a view shows as files: they name every choice, so that a file stays what it was of, whatever the defaults become.</summary>
public static class CompareFiles
{
    /// <summary>Every point of every curve.</summary>
    public static string CurvesOf(CompareView view, CompareState state) => Of(view, state, "curves.csv");

    /// <summary>The table of figures, a row a run.</summary>
    public static string FiguresOf(CompareView view, CompareState state) => Of(view, state, "figures.csv");

    /// <summary>The table of figures by label, a row a run and label.</summary>
    public static string LabelsOf(CompareView view, CompareState state) => Of(view, state, "labels.csv");

    /// <summary>One run's threshold, to be used in production.</summary>
    public static string DecisionOf(CompareView view, CompareState state, string runId)
    {
        var named = CompareState.Default.WithPositive(view.PositiveLabel).WithRule(state.Rule);
        return $"/api/runs/{Uri.EscapeDataString(runId)}/decision{(state.Threshold is { } threshold ? named.WithThreshold(threshold) : named).ToQuery()}";
    }

    private static string Of(CompareView view, CompareState state, string file)
    {
        var named = state.WithRuns(view.Runs.Select(run => run.RunId)).WithPositive(view.PositiveLabel).WithLayout(CompareLayout.OverEachOther).WithMatrix(null).WithBaseline(null);
        return $"/api/experiments/{Uri.EscapeDataString(view.ExperimentId)}/compare/{file}{named.ToQuery()}";
    }
}
