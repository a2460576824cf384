using LogprobDashboard.DemoModel.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LogprobDashboard.DemoModel;

/// <summary>The demo model's routes: <c>POST /demo/v1/chat/completions</c>, <c>GET /demo/v1/models</c>, <c>GET /demo/v1/models/{model}</c>.</summary>
public static class DemoModelEndpoints
{
    public const string BasePath = "/demo/v1";

    /// <summary>Maps the routes; they share the registered <see cref="DemoChatCompletions"/>, or one of their own where none is registered.</summary>
    public static IEndpointRouteBuilder MapDemoModel(this IEndpointRouteBuilder endpoints)
    {
        var completions = endpoints.ServiceProvider.GetService<DemoChatCompletions>()
            ?? new DemoChatCompletions(endpoints.ServiceProvider.GetService<TimeProvider>());
        var group = endpoints.MapGroup(BasePath).DisableAntiforgery().ExcludeFromDescription();
        group.MapPost("/chat/completions", (Delegate)((HttpContext context) => AnswerAsync(completions, context)));
        group.MapGet("/models", () => ToResult(completions.Models()));
        group.MapGet("/models/{model}", (string model) => ToResult(completions.Models(model)));
        return endpoints;
    }

    private static async Task<IResult> AnswerAsync(DemoChatCompletions completions, HttpContext context)
    {
        if (context.Request.ContentLength > DemoChatCompletions.MaxRequestBytes)
            return ToResult(WireWriter.Error(WireError.TooLong(DemoChatCompletions.MaxRequestBytes)));
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (body.Length <= DemoChatCompletions.MaxRequestBytes && (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            body.Write(buffer, 0, read);
        return ToResult(completions.Answer(body.GetBuffer().AsMemory(0, (int)body.Length)));
    }

    private static IResult ToResult(DemoResponse response) => Results.Text(response.Json, "application/json", response.StatusCode);
}
