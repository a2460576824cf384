using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;

namespace LogprobDashboard.Web.Layout;

/// <summary>The pages and what they stand on: Razor components over one circuit, MudBlazor, static assets, the not-found page.</summary>
public static class WebFrame
{
    public static IServiceCollection AddWebFrame(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddSingleton<PrerenderHandover>();
        return services;
    }

    /// <summary>To be called before the endpoints of the HTTP API are mapped: an unknown address below <c>/api</c> is not answered with a page.</summary>
    public static WebApplication UseWebFrame(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute(AppRoutes.NotFound, createScopeForStatusCodePages: true);
        app.Use(KeepPagesOutOfTheApi);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    private static Task KeepPagesOutOfTheApi(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(context);
    }
}
