using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Experiments;

public static class ExperimentsRegistration
{
    public static IServiceCollection AddExperiments(this IServiceCollection services) => services
        .AddSingleton<RunFigures>()
        .AddOwn<ExperimentsQueries>()
        .AddOwn<ExperimentListQueries>()
        .AddOwn<ExperimentsService>();
}
