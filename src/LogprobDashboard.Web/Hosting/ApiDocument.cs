using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Scalar.AspNetCore;

namespace LogprobDashboard.Web.Hosting;

internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new()
        {
            Title = "LogprobDashboard",
            Version = "v1",
            Description = "Everything that a page can do to data. Errors are RFC 9457 problem details: the title says what is wrong, the detail what to do. Log odds, natural logarithms, entropies in nats; what is not defined is null.",
        };
        document.Servers = []; // whatever address it is read from
        return Task.CompletedTask;
    });

    /// <summary>The description for people. The library would answer every unknown address below /api with a page: the pattern holds it to the one document that there is.</summary>
    public static void MapReadableApi(this IEndpointRouteBuilder app) =>
        app.MapScalarApiReference("/api", options => options
            .WithTitle("LogprobDashboard API")
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .HideClientButton()
            .HideDeveloperTools()).Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } pattern } route && pattern.Contains("{documentName?}", StringComparison.Ordinal))
                route.RoutePattern = RoutePatternFactory.Parse(pattern.Replace("{documentName?}", "{documentName:regex(^v1$)?}", StringComparison.Ordinal));
        });
}
