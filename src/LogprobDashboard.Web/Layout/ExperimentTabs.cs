using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Web.Layout;

/// <summary>A page of an experiment, as the tabs name it, and the number that stands beside its name.</summary>
public sealed record ExperimentTab(string Title, Func<string, string> Address, Func<ExperimentSummary, int> Count);

/// <summary>The pages that an experiment has, in the order of the tabs.</summary>
public static class ExperimentTabs
{
    public static ExperimentTab Prompts { get; } = new("Prompts", AppRoutes.PromptsOf, experiment => experiment.VariantCount);

    public static ExperimentTab Runs { get; } = new("Runs", AppRoutes.RunsOf, experiment => experiment.RunCount);

    public static ExperimentTab Compare { get; } = new("Compare", AppRoutes.CompareOf, _ => 0);

    public static ExperimentTab Outliers { get; } = new("Outliers", AppRoutes.OutliersOf, _ => 0);

    public static IReadOnlyList<ExperimentTab> All { get; } = [Prompts, Runs, Compare, Outliers];
}
