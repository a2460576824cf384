using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Datasets;

/// <summary>A dataset in steps, over HTTP: send the file, look how it would be read, correct that, import it. Refusals leave as <see cref="UserErrorException"/>.</summary>
internal static class UploadsApi
{
    public static RouteGroupBuilder MapUploads(this RouteGroupBuilder datasets)
    {
        var uploads = datasets.MapGroup("/uploads");

        uploads.MapPost("", SendAsync)
            .WithName("SendUpload")
            .WithSummary("Takes a file and keeps it for 24 hours, without importing it.")
            .Accepts<UploadForm>("multipart/form-data")
            .CanFail(400, 413, 415, 422, 507)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .DisableAntiforgery();

        uploads.MapGet("", (StagedUploads staged, UploadImports imports) => TypedResults.Ok(new UploadsAnswer([.. staged.List().Select(upload => UploadAnswer.Of(upload, imports))])))
            .WithName("ListUploads")
            .WithSummary("Lists the uploads that wait to be imported, the newest first.");

        uploads.MapGet("/{id}", (StagedUploads staged, UploadImports imports, string id) => TypedResults.Ok(UploadAnswer.Of(staged.Get(id), imports)))
            .WithName("GetUpload")
            .WithSummary("Shows one upload, how far its import is, and which dataset it became.")
            .CanFail(404);

        uploads.MapGet("/{id}/reading", ReadAsync)
            .WithName("ReadUpload")
            .WithSummary("Reads an upload to its end and shows what an import would make of it; stores nothing.")
            .CanFail(400, 404, 409, 415, 422);

        uploads.MapPost("/{id}/import", ImportAsync)
            .WithName("ImportUpload")
            .WithSummary("Imports an upload and answers when that is done. It goes on when the connection is lost; the upload then names its dataset.")
            .CanFail(400, 404, 409, 415, 422, 507);

        uploads.MapDelete("/{id}/import", CancelAsync)
            .WithName("CancelUploadImport")
            .WithSummary("Cancels the import of an upload that is under way; nothing of it stays but the upload.")
            .CanFail(404);

        uploads.MapDelete("/{id}", DiscardAsync)
            .WithName("DiscardUpload")
            .WithSummary("Discards an upload; an import of it that is under way is cancelled.")
            .CanFail(404);

        return datasets;
    }

    private static async Task<Created<UploadAnswer>> SendAsync(HttpContext context, UploadStaging staging, StagedUploads staged, UploadImports imports, CancellationToken cancellationToken)
    {
        var arrived = await FileUpload.ReadAsync(context.Request, staging, cancellationToken);
        var upload = await staged.KeepAsync(arrived.File, cancellationToken);
        return TypedResults.Created($"/api/datasets/uploads/{upload.Id}", UploadAnswer.Of(upload, imports));
    }

    private static async Task<Ok<ReadingPreview>> ReadAsync(StagedUploads staged, ReadingPreviews previews, string id, [AsParameters] ReadingQuery query, CancellationToken cancellationToken)
    {
        var preview = await previews.OfAsync(staged.FileOf(staged.Get(id)), query.ToOptions(), progress: null, cancellationToken);
        return preview.Problem is { } problem ? throw problem : TypedResults.Ok(preview);
    }

    private static async Task<Created<DatasetRecord>> ImportAsync(UploadImports imports, string id, UploadImportInput? input, CancellationToken cancellationToken)
    {
        input ??= new UploadImportInput();
        try
        {
            var dataset = await imports.Start(id, input.Name, input.ToOptions()).Completion.WaitAsync(cancellationToken);
            return TypedResults.Created($"/api/datasets/{dataset.Id}", dataset);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserErrorException(UserErrorKind.Conflict, "The import was cancelled.", "Nothing of it stays but the upload; import it again when you are ready.");
        }
    }

    private static async Task<NoContent> CancelAsync(StagedUploads staged, UploadImports imports, string id)
    {
        staged.Get(id);
        await imports.CancelAsync(id);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DiscardAsync(UploadImports imports, string id)
    {
        await imports.DiscardAsync(id);
        return TypedResults.NoContent();
    }
}
