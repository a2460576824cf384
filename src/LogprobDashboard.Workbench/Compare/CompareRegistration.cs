using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Compare;

public static class CompareRegistration
{
    public static IServiceCollection AddCompare(this IServiceCollection services) => services.AddOwn<CompareQueries>();
}
