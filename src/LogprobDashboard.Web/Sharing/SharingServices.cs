namespace LogprobDashboard.Web.Sharing;

internal static class SharingServices
{
    /// <summary>Documents of views, links to them, and the server for links.</summary>
    public static IServiceCollection AddSharedViews(this IServiceCollection services) => services
        .AddSingleton<DocumentRenderer>()
        .AddSingleton<ViewDocuments>()
        .AddSingleton<SharePublisher>()
        .AddSingleton<ShareListener>()
        .AddSingleton(provider => new ShareAddresses(provider.GetRequiredService<ShareListener>()))
        .AddHostedService(provider => provider.GetRequiredService<ShareListener>());
}
