using System.Text;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Sharing;
using Microsoft.Net.Http.Headers;

namespace LogprobDashboard.Web.Sharing;

/// <summary>Answers who follows a link: with the document, or with one and the same 404 whatever the reason.</summary>
internal static partial class SharedPage
{
    public const string Path = "/share/";

    /// <summary>Nothing is loaded, nothing is run, nothing is sent; styles are inside.</summary>
    public const string SecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly byte[] LeadsNowhere = Message("This link leads nowhere", "It may have expired or been revoked, or a part of it was lost on the way. Whoever shared it can make a new one.");
    private static readonly byte[] Broken = Message("This page cannot be shown right now", "Trying again in a while may help.");

    /// <param name="context">The request.</param>
    /// <param name="token">What follows <see cref="Path"/>.</param>
    /// <param name="product">The product's services.</param>
    public static async Task AnswerAsync(HttpContext context, string? token, IServiceProvider product)
    {
        var aborted = context.RequestAborted;
        try
        {
            var share = await product.GetRequiredService<SharesQueries>().FindAsync(token, aborted);
            var document = share is null ? null : await DocumentAsync(share, product, aborted);
            if (document is not null && HttpMethods.IsGet(context.Request.Method))
                context.Response.OnCompleted(() => product.GetRequiredService<SharesService>().CountOpeningAsync(share!.Id, CancellationToken.None));
            await WriteAsync(context, document is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, document ?? LeadsNowhere);
        }
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            CannotBeShown(product.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SharedPage)), exception);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, Broken);
        }
    }

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, LeadsNowhere);

    private static async Task<byte[]?> DocumentAsync(OpenedShare share, IServiceProvider product, CancellationToken cancellationToken)
    {
        if (share.Document is { } frozen)
            return frozen;
        try
        {
            return await product.GetRequiredService<ViewDocuments>().SharedAsync(share.ExperimentId, SharedView.StateOf(share.View), DocumentKind.Live, share.IncludesTexts, share.ExpiresAt, cancellationToken);
        }
        catch (UserErrorException problem) when (problem.Kind == UserErrorKind.NotFound)
        {
            return null; // the experiment went this moment
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, byte[] page)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        Harden(headers);
        headers[HeaderNames.CacheControl] = "no-store";
        headers["X-Robots-Tag"] = "noindex";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(page, context.RequestAborted);
    }

    /// <summary>What every document gets, a report too.</summary>
    public static void Harden(IHeaderDictionary headers)
    {
        headers[HeaderNames.ContentSecurityPolicy] = SecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
    }

    private static byte[] Message(string title, string words) => Encoding.UTF8.GetBytes($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            <style>
                :root { --bg: #f6f7f9; --ink: #16202c; --soft: #5b6877; }
                @media (prefers-color-scheme: dark) { :root { --bg: #10151b; --ink: #e8edf2; --soft: #98a6b5; } }
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 34em; margin: 18vh auto 0; padding: 0 24px; background: var(--bg); color: var(--ink); }
                h1 { font-size: 20px; margin: 0 0 8px; }
                p { margin: 0; color: var(--soft); }
            </style>
        </head>
        <body><main><h1>{{title}}</h1><p>{{words}}</p></main></body>
        </html>

        """);

    [LoggerMessage(Level = LogLevel.Error, Message = "A shared page could not be shown.")]
    private static partial void CannotBeShown(ILogger logger, Exception exception);
}
