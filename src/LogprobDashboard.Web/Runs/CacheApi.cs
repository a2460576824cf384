using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

internal static class CacheApi
{
    public static void MapCache(this IEndpointRouteBuilder api)
    {
        var cache = api.MapGroup("/cache").WithTags("Runs");
        cache.MapGet("/", (CacheService service, CancellationToken cancellationToken) => service.GetAsync(cancellationToken)).WithName("GetCache")
            .WithSummary("The stored answers of all experiments: how many there are, how many serve the same request again, how many no result refers to.");
        cache.MapDelete("/", (CacheService service, CancellationToken cancellationToken) => service.EmptyAsync(cancellationToken)).WithName("EmptyCache")
            .WithSummary("From now on every request is asked anew. Answers that results refer to stay with them; the others are removed, unless runs are at work.");
    }
}
