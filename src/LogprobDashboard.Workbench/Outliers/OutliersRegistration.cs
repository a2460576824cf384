using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Outliers;

public static class OutliersRegistration
{
    public static IServiceCollection AddOutliers(this IServiceCollection services) => services
        .AddSingleton<ReasonReading>()
        .AddSingleton<OutlierPools>()
        .AddSingleton<OutlierListings>()
        .AddOwn<OutliersQueries>()
        .AddOwn<SampleQueries>();
}
