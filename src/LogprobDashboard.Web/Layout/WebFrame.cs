using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Sharing;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace LogprobDashboard.Web.Layout;

/// <summary>The pages and what they stand on: Razor components over one circuit, MudBlazor, static assets, the not-found page.</summary>
public static class WebFrame
{
    /// <summary>A prompt of 200,000 characters travels twice in the event of a key, each character in up to six bytes; the default of 32 KB would end the circuit instead.</summary>
    private const long LargestMessage = 4L << 20;

    public static IServiceCollection AddWebFrame(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.VisibleStateDuration = 4000;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
        });
        services.AddSingleton<PrerenderHandover>();
        services.AddSingleton<CompareParts>().AddSingleton<CompareScreens>().AddSharedViews();
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
