using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LogprobDashboard.Web.Endpoints;

internal static class EndpointsApi
{
    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/endpoints").WithTags("Endpoints");
        group.MapPost("/", CreateAsync).WithName("CreateEndpoint").WithSummary("Adds a server that answers chat completions. The key is stored encrypted and never sent out again.").CanFail(400, 422);
        group.MapGet("/", ListAsync).WithName("ListEndpoints").WithSummary("Lists endpoints, the newest first.").CanFail(400);
        group.MapGet("/presets", () => EndpointPresets.All).WithName("ListEndpointPresets").WithSummary("Kinds of servers with what is known of them, to fill an endpoint's fields with.");
        group.MapPost("/test", TestUnsavedAsync).WithName("TestUnsavedEndpoint").WithSummary("Makes one real call with these settings and says what came back. Nothing is stored.").CanFail(400, 409, 422);
        group.MapPost("/{id}/test", TestAsync).WithName("TestEndpoint").WithSummary("Makes one real call and says what came back: log probs or not, how many alternatives, the top tokens, the time it took.").CanFail(404, 409);
        group.MapPost("/probe", ProbeUnsavedAsync).WithName("ProbeUnsavedEndpoint").WithSummary("Probes these settings as POST /api/endpoints/{id}/probe does a saved endpoint. Nothing is stored.").CanFail(400, 409, 422);
        group.MapPost("/{id}/probe", ProbeAsync).WithName("ProbeEndpoint").WithSummary("Makes a few real calls and says what the endpoint can do: log probs or not, how many, whether the temperature scales them, whether the same call twice gives the same, what the answer begins with, the latency; and which settings to use, or why it cannot serve. Kept at the endpoint until its settings change.").CanFail(404, 409);
        group.MapGet("/{id}", GetAsync).WithName("GetEndpoint").WithSummary("One endpoint, without its key.").CanFail(404);
        group.MapPut("/{id}", UpdateAsync).WithName("UpdateEndpoint").WithSummary("Replaces an endpoint's settings. apiKey left out keeps the stored key, empty removes it. Runs keep the settings that they were started with.").CanFail(400, 404, 422);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteEndpoint").WithSummary("Deletes an endpoint that no run uses at the moment; finished runs keep their figures.").CanFail(404, 409);
    }

    private static async Task<Created<EndpointRecord>> CreateAsync(EndpointInput input, EndpointsService endpoints, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/endpoints/{endpoint.Id}", endpoint);
    }

    private static Task<PagedResult<EndpointRecord>> ListAsync([AsParameters] Paging paging, EndpointsQueries endpoints, CancellationToken cancellationToken) =>
        endpoints.ListAsync(paging.Cursor, paging.Count, cancellationToken);

    private static Task<EndpointRecord> GetAsync(string id, EndpointsQueries endpoints, CancellationToken cancellationToken) => endpoints.GetAsync(id, cancellationToken);

    private static Task<EndpointRecord> UpdateAsync(string id, EndpointInput input, EndpointsService endpoints, CancellationToken cancellationToken) =>
        endpoints.UpdateAsync(id, input, cancellationToken);

    private static Task<EndpointTest> TestUnsavedAsync(EndpointInput input, EndpointTestService tests, CancellationToken cancellationToken) => tests.TestAsync(input, null, cancellationToken);

    private static Task<EndpointTest> TestAsync(string id, EndpointTestService tests, CancellationToken cancellationToken) => tests.TestAsync(id, cancellationToken);

    private static Task<EndpointProbe> ProbeUnsavedAsync(EndpointInput input, EndpointProbes probes, CancellationToken cancellationToken) => probes.ProbeAsync(input, null, cancellationToken);

    private static Task<EndpointProbe> ProbeAsync(string id, EndpointProbes probes, CancellationToken cancellationToken) => probes.ProbeAsync(id, cancellationToken);

    private static async Task<NoContent> DeleteAsync(string id, EndpointsService endpoints, CancellationToken cancellationToken)
    {
        await endpoints.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
