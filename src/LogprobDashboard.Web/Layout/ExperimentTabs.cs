namespace LogprobDashboard.Web.Layout;

/// <summary>A page of an experiment, as the tabs name it.</summary>
public sealed record ExperimentTab(string Title, Func<string, string> Address);

/// <summary>The pages that an experiment has, in the order of the tabs.</summary>
public static class ExperimentTabs
{
    public static ExperimentTab Compare { get; } = new("Compare", AppRoutes.CompareOf);

    public static IReadOnlyList<ExperimentTab> All { get; } = [Compare];
}
