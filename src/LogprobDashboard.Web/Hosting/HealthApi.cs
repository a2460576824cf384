using LogprobDashboard.Workbench.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Hosting;

public sealed record HealthRecord(string Status);

internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", CheckAsync).WithTags("Health").WithName("GetHealth").WithSummary("Healthy once migrations have run and the database answers.");

    private static async Task<Results<Ok<HealthRecord>, JsonHttpResult<HealthRecord>>> CheckAsync(StorageQueries storage, CancellationToken cancellationToken) =>
        await storage.IsReadyAsync(cancellationToken)
            ? TypedResults.Ok(new HealthRecord("healthy"))
            : TypedResults.Json(new HealthRecord("unhealthy"), statusCode: StatusCodes.Status503ServiceUnavailable);
}
