using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Turns an error answer into a failure of a kind with a sentence for a person.</summary>
internal static class WireError
{
    /// <summary>Stands before the server's own words.</summary>
    public const string Said = " The server said: ";

    private const int LongestMessage = 500;

    private static readonly HttpResponseHeaders NoHeaders = new HttpResponseMessage().Headers;

    public static CallFailure Read(HttpStatusCode status, Uri? location, ReadOnlySpan<byte> body, string? apiKey = null) =>
        Read(status, location, body, apiKey, [], NoHeaders, default);

    /// <param name="status">The answer's status; 200 for an error that came as if it were an answer.</param>
    /// <param name="location">Where the server redirects to.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="apiKey">The key that was sent.</param>
    /// <param name="prompt">What was asked, as far as it is known: a server may repeat it.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">The time of the answer.</param>
    public static CallFailure Read(HttpStatusCode status, Uri? location, ReadOnlySpan<byte> body, string? apiKey, IReadOnlyList<PromptMessage> prompt, HttpResponseHeaders headers, DateTimeOffset now)
    {
        var code = status == HttpStatusCode.OK ? "" : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}. ");
        if (location is not null && (int)status is >= 300 and < 400)
            return new CallFailure(FailureKind.Refused, $"{code}The server redirects to {(location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString)}. Use that address as the base URL.");
        var error = ErrorBody.Read(body) ?? ErrorBody.None with { Message = body.IsEmpty ? "" : Excerpt(body, apiKey) };
        var kind = ErrorKinds.Of((int)status, error, PromptEcho.Remove(error.Message, prompt));
        var advice = kind == FailureKind.Refused ? FailureAdvice.OfRefusal(error with { Message = PromptEcho.Remove(error.Message, prompt) }) : FailureAdvice.Of(kind);
        return new CallFailure(kind, code + advice + OwnWords(error, body, apiKey), FailurePolicies.Of(kind) == FailurePolicy.Retry ? RetryAfterReading.Read(headers, error, now) : null);
    }

    /// <summary>The beginning of a body, on one line, for a person. Keys go before it is cut: half a key is no key to look for.</summary>
    public static string Excerpt(ReadOnlySpan<byte> body, string? apiKey)
    {
        var text = Redaction.Apply(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 20_000)]), apiKey).ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "(an empty body)" : text.Length > 200 ? text[..200] + "…" : text;
    }

    private static string OwnWords(ErrorBody error, ReadOnlySpan<byte> body, string? apiKey)
    {
        if (body.IsEmpty)
            return "";
        var text = error.Message.Length > 0 ? Redaction.Apply(error.Message, apiKey).ReplaceLineEndings(" ").Trim() : Excerpt(body, apiKey);
        return text.Length == 0 ? "" : Said + (text.Length > LongestMessage ? text[..LongestMessage] + "…" : text);
    }
}
