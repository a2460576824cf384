using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Outliers;

public static class OutliersRegistration
{
    public static IServiceCollection AddOutliers(this IServiceCollection services) => services.AddOwn<OutliersQueries>();
}
