using System.ComponentModel;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Datasets over HTTP. Refusals leave as <see cref="UserErrorException"/>.</summary>
internal static class DatasetsApi
{
    public static IEndpointRouteBuilder MapDatasets(this IEndpointRouteBuilder routes)
    {
        var datasets = routes.MapGroup("/api/datasets").WithTags("Datasets");

        datasets.MapPost("", ImportAsync)
            .WithName("ImportDataset")
            .WithSummary("Imports a file of texts: CSV, TSV or JSON Lines. What is not given is found out.")
            .Accepts<DatasetUploadForm>("multipart/form-data")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .DisableAntiforgery();

        datasets.MapGet("", ListAsync)
            .WithName("ListDatasets")
            .WithSummary("Lists the datasets, the newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        datasets.MapGet("/{id}", GetAsync)
            .WithName("GetDataset")
            .WithSummary("Shows one dataset.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        datasets.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteDataset")
            .WithSummary("Deletes a dataset that no experiment uses.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        datasets.MapGet("/{id}/samples", SamplesAsync)
            .WithName("ListSamples")
            .WithSummary("Lists the samples of a dataset by index, all or those that match.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

        datasets.MapUploads();
        return routes;
    }

    private static async Task<Created<DatasetRecord>> ImportAsync(HttpContext context, UploadStaging staging, DatasetsService service, CancellationToken cancellationToken)
    {
        var upload = await DatasetUpload.ReadAsync(context.Request, staging, cancellationToken);
        using (upload.File)
        {
            var dataset = await service.ImportAsync(upload.File, upload.Name, upload.Options, cancellationToken);
            return TypedResults.Created($"/api/datasets/{dataset.Id}", dataset);
        }
    }

    private static async Task<Ok<PagedResult<DatasetRecord>>> ListAsync(
        DatasetsQueries queries,
        [AsParameters] Paging paging,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(paging.Cursor, paging.Count, cancellationToken));

    private static async Task<Ok<DatasetRecord>> GetAsync(DatasetsQueries queries, string id, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.GetAsync(id, cancellationToken));

    private static async Task<NoContent> DeleteAsync(DatasetsService service, string id, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PagedResult<SampleRecord>>> SamplesAsync(
        DatasetsQueries queries,
        string id,
        [AsParameters] Paging paging,
        [Description("A part of the text, whatever its case.")] string? search,
        [Description("This label only; blank for samples without one.")] string? label,
        [Description("This source only; blank for samples without one.")] string? source,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.SamplesAsync(id, new SamplesFilter(search, label, source), paging.Cursor, paging.Count, cancellationToken));
}
