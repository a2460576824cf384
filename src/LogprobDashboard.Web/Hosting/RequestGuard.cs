using System.Net;
using LogprobDashboard.Workbench;

namespace LogprobDashboard.Web.Hosting;

/// <summary>
/// The product has no log-in, so a foreign web page must not be able to drive it through a person's browser. Refused with 403:
/// requests to a host name that is not this server's (DNS rebinding), and requests that a browser sends from another site.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, IConfiguration configuration)
{
    private readonly HashSet<string> _allowedHosts = new(
        (configuration["LogprobDashboard:AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat((configuration["urls"] ?? "").Split(';').Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : "")),
        StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsOwnHost(context))
        {
            throw new UserErrorException(
                UserErrorKind.Forbidden,
                $"This server does not answer to the host name \"{context.Request.Host.Host}\".",
                "Open it by the address that it prints at its start, or add the name to LogprobDashboard:AllowedHosts.");
        }

        if (IsGuarded(context) && ComesFromElsewhere(context.Request))
            throw new UserErrorException(UserErrorKind.Forbidden, "Requests from another web site are refused.", "Call the API from a script, or from this server's own pages.");
        return next(context);
    }

    private bool IsOwnHost(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || _allowedHosts.Contains(context.Request.Host.Host))
            return true;
        return IPAddress.TryParse(host, out var address)
            && (IPAddress.IsLoopback(address) || address.Equals(context.Connection.LocalIpAddress) || address.Equals(context.Connection.LocalIpAddress?.MapToIPv4()));
    }

    /// <summary>All of the API, live connections, and whatever is no plain reading of a page.</summary>
    private static bool IsGuarded(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", out var rest) && rest.HasValue && rest.Value!.Length > 1
        || context.Request.Path.StartsWithSegments("/_blazor")
        || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
