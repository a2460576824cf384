using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

internal static class OutliersApi
{
    public static void MapOutliers(this IEndpointRouteBuilder api) =>
        api.MapGet("/runs/{id}/outliers", RankAsync).WithTags("Figures").WithName("GetOutliers")
            .WithSummary("The samples that stand out, the strangest first: by entropy, margin, coverage or loss.").CanFail(400, 404);

    private static Task<OutlierList> RankAsync(string id, string? by, int? take, OutliersQueries outliers, CancellationToken cancellationToken) =>
        outliers.RankAsync(id, QueryEnum.Parse(by, OutlierOrder.Entropy, "by"), new Paging(null, take).Count, cancellationToken);
}
