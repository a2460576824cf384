using System.Text.Json;
using LogprobDashboard.Workbench;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Web.Hosting;

/// <summary>Turns what went wrong into <c>application/problem+json</c>: a title that says what is wrong, a detail that says what to do.</summary>
internal sealed partial class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var problem = Describe(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
            RequestBroke(logger, httpContext.Request.Method, httpContext.Request.Path, exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        await httpContext.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", cancellationToken);
        return true;
    }

    /// <summary>An error that routing answered with a status alone gets words too.</summary>
    public static async Task FillEmptyAnswersAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null || !context.Request.Path.StartsWithSegments("/api"))
            return;
        var call = $"{context.Request.Method} {context.Request.Path}";
        var problem = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Of(404, $"There is no {call}.", "The page /api lists every call."),
            StatusCodes.Status405MethodNotAllowed => Of(405, $"There is no {call}.", "The address takes other methods: the page /api lists them."),
            _ => Describe(new BadHttpRequestException("The page /api lists every call with what it takes.", response.StatusCode)),
        };
        await response.WriteAsJsonAsync(problem, options: null, "application/problem+json", context.RequestAborted);
    }

    private static ProblemDetails Describe(Exception exception) => exception switch
    {
        UserErrorException error => Of(Status(error.Kind), error.Title, error.Detail, error.Errors),
        DbUpdateException => Of(409, "Something that this refers to has just been changed or deleted.", "Load again what is there, and repeat."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Of(413, "The request is too large.", "Send less, or raise LogprobDashboard:MaxUploadBytes for datasets."),
        BadHttpRequestException { InnerException: JsonException json } => Of(400, "The request's JSON cannot be read.", Place(json)),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Of(415, "The request's content type cannot be read.", "Send JSON as application/json, and files as multipart/form-data."),
        BadHttpRequestException bad => Of(bad.StatusCode, "The request is malformed.", bad.Message),
        _ => Of(500, "Something broke on the server.", "The server's log says more; trying again may help. Nothing that was stored is lost."),
    };

    private static string Place(JsonException json) =>
        string.IsNullOrEmpty(json.Path) || json.Path == "$"
            ? $"Check the syntax near line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}."
            : $"The value at {json.Path} has the wrong type or form. The API's description at /api says what is expected.";

    private static int Status(UserErrorKind kind) => kind switch
    {
        UserErrorKind.Malformed => 400,
        UserErrorKind.Forbidden => 403,
        UserErrorKind.NotFound => 404,
        UserErrorKind.Conflict => 409,
        UserErrorKind.TooLarge => 413,
        UserErrorKind.UnsupportedFormat => 415,
        UserErrorKind.Upstream => 502,
        UserErrorKind.NoRoom => 507,
        _ => 422,
    };

    private static ProblemDetails Of(int status, string title, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (errors is { Count: > 0 })
            problem.Extensions["errors"] = errors;
        return problem;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} broke.")]
    private static partial void RequestBroke(ILogger logger, string method, string path, Exception exception);
}
