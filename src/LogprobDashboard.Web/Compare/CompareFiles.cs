using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>The addresses of what a view shows as files: they name every choice, so that a file stays what it was of, whatever the defaults become.</summary>
public static class CompareFiles
{
    /// <summary>Every point of every curve of the kind that is shown.</summary>
    public static string CurvesOf(CompareView view, CompareState state) =>
        Of(view, state, "curves.csv") + (state.Chart == CompareChart.PrecisionRecall ? "" : $"&kind={System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.Chart.ToString())}")
        + (state is { Chart: CompareChart.Reliability, EqualWidth: true } ? "&bins=width" : "")
        + (state is { Chart: CompareChart.RiskCoverage, ByMargin: true } ? "&sure=margin" : "");

    /// <summary>The table of figures, a row a run.</summary>
    public static string FiguresOf(CompareView view, CompareState state) => Of(view, state, "figures.csv");

    /// <summary>The table of figures by label, a row a run and label.</summary>
    public static string LabelsOf(CompareView view, CompareState state) => Of(view, state, "labels.csv");

    /// <summary>Each run on every slice of a column, a row a slice and run.</summary>
    public static string SlicesOf(CompareView view, CompareState state, string column) => Of(view, state, "slices.csv", column);

    /// <summary>The whole view as a document.</summary>
    public static string ReportOf(string experimentId, CompareState state) => $"/api/experiments/{Uri.EscapeDataString(experimentId)}/compare/report.html{state.ToQuery()}";

    /// <summary>One run's threshold, to be used in production.</summary>
    public static string DecisionOf(CompareView view, CompareState state, string runId)
    {
        var named = CompareState.Default.WithPositive(view.PositiveLabel).WithRule(state.Rule) with
        {
            Seed = state.Seed,
            By = view.Scope.Column,
            Slice = view.Scope.Value,
            Abstain = view.Scope.MostEntropy,
            Judging = state.Judging == PointJudging.Holdout ? PointJudging.Holdout : PointJudging.Same, // folds judge the threshold that all samples choose
            Holdout = state.Holdout,
        };
        double? threshold = state.Thresholds.TryGetValue(runId, out var own) ? own : state.Threshold;
        return $"/api/runs/{Uri.EscapeDataString(runId)}/decision{(threshold is { } typed ? named.WithThreshold(typed) : named).ToQuery()}";
    }

    private static string Of(CompareView view, CompareState state, string file, string? by = null)
    {
        var choice = state.Threshold is { } threshold ? CompareState.Default.WithThreshold(threshold) : CompareState.Default.WithRule(state.Rule);
        var named = choice with
        {
            Runs = [.. view.Runs.Select(run => run.RunId)],
            Positive = view.PositiveLabel,
            Thresholds = state.Thresholds,
            Judging = state.Judging,
            Holdout = state.Holdout,
            Seed = state.Seed,
            By = by ?? view.Scope.Column,
            Slice = view.Scope.Value,
            Abstain = view.Scope.MostEntropy,
        };
        return $"/api/experiments/{Uri.EscapeDataString(view.ExperimentId)}/compare/{file}{named.ToQuery()}";
    }
}
