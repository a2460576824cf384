using LogprobDashboard.DemoModel;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Demo;

/// <summary>The built-in demo model: as a server of its own under /demo/v1, and in-process for the endpoint that is there from the start.</summary>
internal static class DemoRegistration
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new DemoChatCompletions(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BuiltInServers(new Dictionary<string, Func<HttpMessageHandler>>
        {
            [DemoModelEndpoints.BasePath] = () => new DemoModelHandler(provider.GetRequiredService<DemoChatCompletions>()),
        }));
        services.AddSingleton<DemoSamples>();
        services.AddSingleton<DemoMessages>();
        services.AddHostedService<DemoSeeder>();
    }

    public static void MapDemo(this WebApplication app) => app.MapDemoModel();
}
