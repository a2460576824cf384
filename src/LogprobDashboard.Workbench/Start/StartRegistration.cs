using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Start;

public static class StartRegistration
{
    public static IServiceCollection AddStart(this IServiceCollection services) => services
        .AddOwn<DraftsQueries>()
        .AddOwn<DraftsService>()
        .AddOwn<DraftCompletion>()
        .AddOwn<StartQueries>();
}
