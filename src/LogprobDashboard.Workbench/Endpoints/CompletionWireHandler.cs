using System.Net;
using System.Net.Http.Headers;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// Stands between the OpenAI client and the network. Outwards it puts the limit on the answer's length into the field that the server knows
/// and adds the endpoint's extra fields. Inwards it reads the whole body, keeps the answer or the failure for the call,
/// and hands on a plain completion that the client can always read.
/// </summary>
internal sealed class CompletionWireHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>No honest answer to one classification is larger.</summary>
    private const int LargestBody = 16 * 1024 * 1024;

    private static readonly byte[] PlainCompletion =
        """{"id":"-","object":"chat.completion","created":0,"model":"-","choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"stop"}]}"""u8.ToArray();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = CompletionExchange.Current ?? throw new InvalidOperationException("A completion was sent outside a call.");
        await RewriteAsync(request, exchange, cancellationToken).ConfigureAwait(false);
        using var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await ReadBodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        if (body is not null)
            body = Redaction.Apply(body, exchange.ApiKey); // first of all: nothing that is cut, parsed or stored may hold the key
        if (body is null)
            exchange.Failure = new CallFailure(FailureKind.Malformed, $"The server's answer is longer than {LargestBody / 1024 / 1024} MiB. Check that the base URL is an OpenAI-compatible one.");
        else if (response.IsSuccessStatusCode)
            (exchange.Answer, exchange.Failure) = CompletionReader.Read(body, exchange.ApiKey);
        else
            exchange.Failure = WireError.Read(response.StatusCode, response.Headers.Location, body, exchange.ApiKey, exchange.Prompt, response.Headers, time.GetUtcNow());
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(PlainCompletion) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    private static async Task RewriteAsync(HttpRequestMessage request, CompletionExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.ApiKey is null)
            request.Headers.Authorization = null;
        if (request.Content is null)
            return;
        var body = await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        request.Content = new ByteArrayContent(RequestBody.ForServer(body, exchange.Settings))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
    }

    /// <returns>Null where the body is larger than any answer can be.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var buffer = new byte[Math.Clamp(content.Headers.ContentLength ?? 8192, 1024, 65536) + 1];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return buffer[..length];
            length += read;
            if (length > LargestBody)
                return null;
        }
    }
}
