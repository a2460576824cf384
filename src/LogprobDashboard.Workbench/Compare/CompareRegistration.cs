using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Compare;

public static class CompareRegistration
{
    public static IServiceCollection AddCompare(this IServiceCollection services) => services.AddSingleton<TextGroups>().AddOwn<CompareQueries>().AddOwn<ComparisonQueries>().AddOwn<DecisionQueries>();
}
