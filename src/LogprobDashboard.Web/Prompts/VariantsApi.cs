using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Prompts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Prompts;

internal static class VariantsApi
{
    public static void MapVariants(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experiments/{id}/variants").WithTags("Variants");
        group.MapGet("/", ListAsync).WithName("ListVariants").WithSummary("The prompt variants of an experiment, each at its newest version, in the order they were made.").CanFail(404);
        group.MapPost("/", CreateAsync).WithName("CreateVariant").WithSummary("Adds a prompt variant: Liquid templates. In scope: text, every column but the label's, columns[\"…\"], labels, labelList.").CanFail(400, 404, 409, 422);
        group.MapPut("/{variantId}", UpdateAsync).WithName("UpdateVariant").WithSummary("Changed words make a new version; runs keep the version that they ran.").CanFail(400, 404, 409, 422);
        group.MapPost("/{variantId}/try", TryAsync).WithName("TryVariant").WithSummary("One call on a text or a sample; nothing is stored.").CanFail(400, 404, 422, 502);
    }

    /// <summary>A handful at most: one page, in the shape of every list.</summary>
    private static async Task<PagedResult<VariantRecord>> ListAsync(string id, VariantsQueries variants, CancellationToken cancellationToken) =>
        new(await variants.ListAsync(id, cancellationToken), null);

    private static async Task<Created<VariantRecord>> CreateAsync(string id, VariantInput input, VariantsService variants, CancellationToken cancellationToken)
    {
        var variant = await variants.CreateAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/experiments/{id}/variants/{variant.Id}", variant);
    }

    private static Task<VariantRecord> UpdateAsync(string id, string variantId, VariantInput input, VariantsService variants, CancellationToken cancellationToken) =>
        variants.UpdateAsync(id, variantId, input, cancellationToken);

    private static Task<TryRecord> TryAsync(string id, string variantId, TryInput input, TryService trying, CancellationToken cancellationToken) =>
        trying.TryAsync(id, variantId, input, cancellationToken);
}
