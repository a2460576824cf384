using System.Net;
using System.Net.Http.Headers;

using LogprobDashboard.DemoModel.Wire;

namespace LogprobDashboard.DemoModel;

/// <summary>
/// Answers in this process, without a socket, what the routes answer: any request whose path ends in <c>/chat/completions</c>, <c>/models</c>
/// or <c>/models/{model}</c>, whatever its host. Everything else is a 404 in OpenAI's shape.
/// </summary>
public sealed class DemoModelHandler(DemoChatCompletions completions) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Respond(request, Answer(request.Method, request.RequestUri, body));
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, null, cancellationToken);
        return Respond(request, Answer(request.Method, request.RequestUri, body.ToArray()));
    }

    private DemoResponse Answer(HttpMethod method, Uri? uri, byte[] body)
    {
        var path = (uri?.AbsolutePath ?? "/").TrimEnd('/');
        if (path.EndsWith("/chat/completions", StringComparison.Ordinal))
            return method == HttpMethod.Post ? completions.Answer(body) : WireWriter.Error(WireError.WrongMethod(method.Method));
        var slash = path.LastIndexOf('/');
        var model = path.EndsWith("/models", StringComparison.Ordinal) ? ""
            : slash > 0 && path[..slash].EndsWith("/models", StringComparison.Ordinal) ? Uri.UnescapeDataString(path[(slash + 1)..])
            : null;
        if (model is null)
            return WireWriter.Error(WireError.UnknownUrl(method.Method, path));
        return method == HttpMethod.Get ? completions.Models(model) : WireWriter.Error(WireError.WrongMethod(method.Method));
    }

    private static HttpResponseMessage Respond(HttpRequestMessage request, DemoResponse response)
    {
        var content = new ByteArrayContent(response.Json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpResponseMessage((HttpStatusCode)response.StatusCode) { Content = content, RequestMessage = request };
    }
}
