namespace LogprobDashboard.Web.Runs;

/// <summary>A file that is written while it is sent.</summary>
internal sealed class ResultsFile(string runId, string contentType, string extension, Func<Stream, CancellationToken, Task> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"run-{runId}-results.{extension}\"";
        return write(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
