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
        group.MapPost("/check", CheckAsync).WithName("CheckPrompt").WithSummary("Every mistake in two templates with its line and column, and the messages as they would be sent for a sample or a text. Nothing is stored, no call is made.").CanFail(400, 404, 422);
        group.MapPost("/try", TryDraftAsync).WithName("TryPrompt").WithSummary("One call with templates that need not be saved; nothing is stored.").CanFail(400, 404, 422, 502);
        group.MapPut("/{variantId}", UpdateAsync).WithName("UpdateVariant").WithSummary("Changed words make a new version; runs keep the version that they ran. With expectedVersion a version saved meanwhile answers 409.").CanFail(400, 404, 409, 422);
        group.MapPatch("/{variantId}", RenameAsync).WithName("RenameVariant").WithSummary("Another name; words and version stay.").CanFail(400, 404, 409, 422);
        group.MapDelete("/{variantId}", DeleteAsync).WithName("DeleteVariant").WithSummary("Deletes a variant with its versions. One that ran answers 409: delete its runs first.").CanFail(404, 409);
        group.MapGet("/{variantId}/versions", VersionsAsync).WithName("ListVariantVersions").WithSummary("Every version, the newest first, with the runs that it made.").CanFail(404);
        group.MapPost("/{variantId}/duplicate", DuplicateAsync).WithName("DuplicateVariant").WithSummary("A new variant with the newest words of this one; without a name it gets one.").CanFail(400, 404, 409, 422);
        group.MapPost("/{variantId}/try", TryAsync).WithName("TryVariant").WithSummary("One call on a text or a sample; nothing is stored.").CanFail(400, 404, 422, 502);
    }

    /// <summary>A handful at most: one page, in the shape of every list.</summary>
    private static async Task<PagedResult<VariantRecord>> ListAsync(string id, VariantsQueries variants, CancellationToken cancellationToken) =>
        new(await variants.ListAsync(id, cancellationToken), null);

    private static async Task<Created<VariantRecord>> CreateAsync(string id, VariantInput input, VariantsService variants, CancellationToken cancellationToken) =>
        Created(await variants.CreateAsync(id, input, cancellationToken));

    private static Task<PromptCheck> CheckAsync(string id, PromptCheckInput input, PromptChecks checks, CancellationToken cancellationToken) =>
        checks.CheckAsync(id, input, cancellationToken);

    private static Task<TryRecord> TryDraftAsync(string id, TryDraftInput input, TryService trying, CancellationToken cancellationToken) =>
        trying.TryDraftAsync(id, input, cancellationToken);

    private static Task<VariantRecord> UpdateAsync(string id, string variantId, VariantInput input, VariantsService variants, CancellationToken cancellationToken) =>
        variants.UpdateAsync(id, variantId, input, cancellationToken);

    private static Task<VariantRecord> RenameAsync(string id, string variantId, VariantName input, VariantsService variants, CancellationToken cancellationToken) =>
        variants.RenameAsync(id, variantId, input.Name, cancellationToken);

    private static async Task<NoContent> DeleteAsync(string id, string variantId, VariantsService variants, CancellationToken cancellationToken)
    {
        await variants.DeleteAsync(id, variantId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<PagedResult<VariantVersionRecord>> VersionsAsync(string id, string variantId, VariantsQueries variants, CancellationToken cancellationToken) =>
        new(await variants.VersionsAsync(id, variantId, cancellationToken), null);

    private static async Task<Created<VariantRecord>> DuplicateAsync(string id, string variantId, VariantName? input, VariantsService variants, CancellationToken cancellationToken) =>
        Created(await variants.DuplicateAsync(id, variantId, input?.Name, cancellationToken));

    private static Task<TryRecord> TryAsync(string id, string variantId, TryInput input, TryService trying, CancellationToken cancellationToken) =>
        trying.TryAsync(id, variantId, input, cancellationToken);

    private static Created<VariantRecord> Created(VariantRecord variant) =>
        TypedResults.Created($"/api/experiments/{variant.ExperimentId}/variants/{variant.Id}", variant);
}
