using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Endpoints;

public static class EndpointsRegistration
{
    public static IServiceCollection AddEndpoints(this IServiceCollection services) => services
        .AddSingleton<ApiKeyVault>()
        .AddSingleton<ChatCaller>()
        .AddSingleton<EndpointGates>()
        .AddOwn<EndpointsQueries>()
        .AddOwn<EndpointTestService>()
        .AddOwn<EndpointProbes>()
        .AddOwn<EndpointsService>();
}
