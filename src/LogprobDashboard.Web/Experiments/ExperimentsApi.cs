using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Web.Start;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Experiments;

internal static class ExperimentsApi
{
    public static void MapExperiments(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experiments").WithTags("Experiments");
        group.MapPost("/", CreateAsync).WithName("CreateExperiment").WithSummary("Makes an experiment of a dataset and a label set. Labels left out are those of the data; label words left out are the label's name.").CanFail(400, 422);
        group.MapGet("/", ListAsync).WithName("ListExperiments").WithSummary("Lists experiments, the newest first.").CanFail(400);
        group.MapGet("/{id}", GetAsync).WithName("GetExperiment").WithSummary("One experiment, with what should be seen to.").CanFail(404);
        group.MapPatch("/{id}", ChangeAsync).WithName("ChangeExperiment").WithSummary("Changes name, endpoint, labels or positive label. New labels or label words are read from the stored answers; no call is made.").CanFail(400, 404, 422);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteExperiment").WithSummary("Deletes an experiment with its variants and runs.").CanFail(404, 409);
        api.MapStart();
    }

    private static async Task<Created<ExperimentRecord>> CreateAsync(ExperimentInput input, ExperimentsService experiments, CancellationToken cancellationToken)
    {
        var experiment = await experiments.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/experiments/{experiment.Id}", experiment);
    }

    private static Task<PagedResult<ExperimentRecord>> ListAsync([AsParameters] Paging paging, ExperimentsQueries experiments, CancellationToken cancellationToken) =>
        experiments.ListAsync(paging.Cursor, paging.Count, cancellationToken);

    private static Task<ExperimentRecord> GetAsync(string id, ExperimentsQueries experiments, CancellationToken cancellationToken) => experiments.GetAsync(id, cancellationToken);

    private static Task<ExperimentRecord> ChangeAsync(string id, ExperimentChange change, ExperimentsService experiments, CancellationToken cancellationToken) =>
        experiments.ChangeAsync(id, change, cancellationToken);

    private static async Task<NoContent> DeleteAsync(string id, ExperimentsService experiments, CancellationToken cancellationToken)
    {
        await experiments.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
