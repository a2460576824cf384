using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.Workbench.Sharing;

public static class SharingRegistration
{
    public static IServiceCollection AddSharing(this IServiceCollection services) => services
        .AddOwn<SharesQueries>().AddOwn<SharesService>().AddOwn<ProvenanceQueries>();
}
