using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Runs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LogprobDashboard.Web.Runs;

internal static class RunsApi
{
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var ofExperiment = api.MapGroup("/experiments/{id}/runs").WithTags("Runs");
        ofExperiment.MapGet("/", ListAsync).WithName("ListRuns").WithSummary("The runs of an experiment, the newest first.").CanFail(400, 404);
        ofExperiment.MapPost("/import", ImportAsync).WithName("ImportRun").WithSummary("Makes a completed run of log probs that were recorded elsewhere: JSON Lines, also a batch job's output.")
            .Accepts<RunImportForm>("multipart/form-data").WithMetadata(new DisableRequestSizeLimitAttribute()).CanFail(400, 404, 413, 415, 422);
        ofExperiment.MapPost("/", StartAsync).WithName("StartRuns").WithSummary("Queues one run for each variant at its newest version. A limit takes the first n of a seeded permutation, so that a larger limit contains the smaller.").CanFail(400, 404, 409, 422);

        ofExperiment.MapPost("/cost", CostAsync).WithName("GetRunCost").WithSummary("What the same start would cost in calls: every prompt is rendered and looked up in the cache. Nothing is started.").CanFail(400, 404, 409, 422);

        var run = api.MapGroup("/runs/{id}").WithTags("Runs");
        run.MapGet("/", GetAsync).WithName("GetRun").WithSummary("A run and how far it is: completed counts samples with an answer, failed those without.").CanFail(404);
        run.MapPost("/pause", (string id, RunsService runs, CancellationToken cancellationToken) => runs.PauseAsync(id, cancellationToken)).WithName("PauseRun").CanFail(404, 409);
        run.MapPatch("/", (string id, BudgetChange budget, RunsService runs, CancellationToken cancellationToken) => runs.ChangeBudgetAsync(id, budget, cancellationToken)).WithName("ChangeRunBudget")
            .WithSummary("Changes the budget of a run that is not at work. What is left out stays; null takes a limit away.").CanFail(400, 404, 409, 422);
        run.MapPost("/resume", (string id, BudgetChange? budget, RunsService runs, CancellationToken cancellationToken) => runs.ResumeAsync(id, budget, cancellationToken)).WithName("ResumeRun")
            .WithSummary("Goes on with what has no answer yet, with another budget where a body gives one. A run whose budget is used up wants a higher one, or null for none.").CanFail(400, 404, 409, 422);
        run.MapPost("/cancel", (string id, RunsService runs, CancellationToken cancellationToken) => runs.CancelAsync(id, cancellationToken)).WithName("CancelRun").CanFail(404, 409);
        run.MapPost("/retryFailed", (string id, RunsService runs, CancellationToken cancellationToken) => runs.RetryFailedAsync(id, cancellationToken)).WithName("RetryFailedSamples").CanFail(404, 409);
        run.MapDelete("/", (string id, RunsService runs, CancellationToken cancellationToken) => runs.DeleteAsync(id, cancellationToken)).WithName("DeleteRun").CanFail(404, 409);
        run.MapGet("/events", EventsAsync).WithName("GetRunEvents").WithSummary("The log of a run, the newest line first: every change of state with its time and reason, and what a person should know.").CanFail(400, 404);
        run.MapGet("/failures", FailuresAsync).WithName("GetRunFailures").WithSummary("What went wrong in a run: failed calls by kind with their messages, unscorable answers by reason, each with the first samples.").CanFail(404);
        run.MapGet("/results", ResultsAsync).WithName("GetResults").WithSummary("Every sample of a run: paged JSON, or all of it as JSON Lines or CSV.").Produces<PagedResult<ResultRecord>>().CanFail(400, 404, 415);
    }

    private static Task<PagedResult<RunRecord>> ListAsync(string id, [AsParameters] Paging paging, RunsQueries runs, CancellationToken cancellationToken) =>
        runs.ListAsync(id, paging.Cursor, paging.Count, cancellationToken);

    private static async Task<Created<RunRecord>> ImportAsync(string id, HttpRequest request, UploadStaging staging, RunImportService runs, CancellationToken cancellationToken)
    {
        var upload = await FileUpload.ReadAsync(request, staging, cancellationToken);
        using (upload.File)
        {
            var run = await runs.ImportAsync(id, upload.File, upload.Field("name"), upload.Field("model"), cancellationToken);
            return TypedResults.Created($"/api/runs/{run.Id}", run);
        }
    }

    private static async Task<Accepted<RunList>> StartAsync(string id, RunInput? input, RunsService runs, CancellationToken cancellationToken) =>
        TypedResults.Accepted($"/api/experiments/{id}/runs", await runs.StartAsync(id, input ?? new RunInput(), cancellationToken));

    private static Task<RunCost> CostAsync(string id, RunInput? input, RunCostQueries costs, CancellationToken cancellationToken) =>
        costs.OfAsync(id, input ?? new RunInput(), cancellationToken);

    private static Task<PagedResult<RunEventRecord>> EventsAsync(string id, [AsParameters] Paging paging, RunsQueries runs, CancellationToken cancellationToken) =>
        runs.EventsAsync(id, paging.Cursor, paging.Count, cancellationToken);

    private static Task<RunFailures> FailuresAsync(string id, RunFailuresQueries failures, CancellationToken cancellationToken) => failures.OfAsync(id, cancellationToken);

    private static Task<RunRecord> GetAsync(string id, RunsQueries runs, CancellationToken cancellationToken) => runs.GetAsync(id, cancellationToken);

    private static async Task<IResult> ResultsAsync(string id, string? format, [AsParameters] Paging paging, ResultsQueries results, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case null or "" or "json":
                return TypedResults.Ok(await results.PageAsync(id, paging.Cursor, paging.Count, cancellationToken));
            case "jsonl":
                await results.LabelsAsync(id, cancellationToken); // an unknown run is told before the body begins
                return new ResultsFile(id, "application/x-ndjson", "jsonl", (body, stop) => ResultsExport.WriteJsonLinesAsync(body, results.AllAsync(id, stop), stop));
            case "csv":
                var labels = await results.LabelsAsync(id, cancellationToken);
                return new ResultsFile(id, "text/csv; charset=utf-8", "csv", (body, stop) => ResultsExport.WriteCsvAsync(body, labels, results.AllAsync(id, stop), stop));
            default:
                throw UserErrorException.Field("format", $"Results cannot be written as \"{format}\".", "Use json, jsonl or csv.", UserErrorKind.UnsupportedFormat);
        }
    }
}
