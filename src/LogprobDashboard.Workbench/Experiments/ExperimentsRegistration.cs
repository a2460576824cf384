using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Experiments;

public static class ExperimentsRegistration
{
    public static IServiceCollection AddExperiments(this IServiceCollection services) => services
        .AddOwn<ExperimentsQueries>()
        .AddOwn<ExperimentsService>();
}
