using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Reads an error body, whatever its shape, and sorts it by kind.</summary>
internal static class WireError
{
    private static readonly (string Part, FailureKind Kind)[] ByMessage =
    [
        ("insufficient_quota", FailureKind.QuotaExhausted),
        ("exceeded your current quota", FailureKind.QuotaExhausted),
        ("content_filter", FailureKind.ContentFiltered),
        ("content management policy", FailureKind.ContentFiltered),
        ("context_length", FailureKind.ContextTooLong),
        ("context length", FailureKind.ContextTooLong),
        ("context size", FailureKind.ContextTooLong),
        ("exceed_context_size", FailureKind.ContextTooLong),
        ("logprobs", FailureKind.LogprobsUnsupported),
        ("top_n_tokens", FailureKind.LogprobsUnsupported),
    ];

    public static CallFailure Read(HttpStatusCode status, Uri? location, ReadOnlySpan<byte> body, string? apiKey = null)
    {
        var (message, all) = Message(body, apiKey);
        var kind = Kind(status, all);
        var code = status == HttpStatusCode.OK ? "" : string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}. ");
        if (location is not null && (int)status is >= 300 and < 400)
            return new CallFailure(FailureKind.Refused, $"{code}The server redirects to {(location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString)}. Use that address as the base URL.");
        return new CallFailure(kind, code + Advice(kind) + (message.Length > 0 ? $" The server said: {message}" : ""));
    }

    /// <summary>The beginning of a body, on one line, for a person. Keys go before it is cut: half a key is no key to look for.</summary>
    public static string Excerpt(ReadOnlySpan<byte> body, string? apiKey)
    {
        var text = Redaction.Apply(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 20_000)]), apiKey).ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "(an empty body)" : text.Length > 200 ? text[..200] + "…" : text;
    }

    private static FailureKind Kind(HttpStatusCode status, string text)
    {
        if (status is HttpStatusCode.Unauthorized)
            return FailureKind.Unauthorized;
        foreach (var (part, kind) in ByMessage)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return (int)status switch
        {
            403 => FailureKind.Unauthorized,
            404 => FailureKind.NotFound,
            408 or 504 => FailureKind.TimedOut,
            429 => FailureKind.RateLimited,
            >= 500 => FailureKind.ServerError,
            200 => FailureKind.ServerError,
            _ => FailureKind.Refused,
        };
    }

    private static string Advice(FailureKind kind) => kind switch
    {
        FailureKind.Unauthorized => "The server does not accept the key: check the key and what it may do.",
        FailureKind.NotFound => "The server knows no such model or address: check the model's name and the base URL.",
        FailureKind.RateLimited => "The server wants fewer requests: lower the concurrency or the requests per minute.",
        FailureKind.QuotaExhausted => "The account's quota is used up: raise it with the provider.",
        FailureKind.ContentFiltered => "The server's content filter refused this prompt.",
        FailureKind.LogprobsUnsupported => "The server or model does not give the log probs that were asked for: use another model, or fewer top log probs.",
        FailureKind.ContextTooLong => "The prompt is longer than the model's context: shorten the prompt or use a model with a longer context.",
        FailureKind.TimedOut => "The server gave up on the call: try again, or lower the concurrency.",
        FailureKind.ServerError => "The server failed: try again later.",
        _ => "The server refused the request.",
    };

    /// <summary>The message proper, and all text that the kind can be told from.</summary>
    private static (string Message, string All) Message(ReadOnlySpan<byte> body, string? apiKey)
    {
        var all = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 20_000)]);
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            return (Shorten(Redaction.Apply(Find(document.RootElement) ?? Excerpt(body, apiKey), apiKey)), all);
        }
        catch (JsonException)
        {
            return (body.IsEmpty ? "" : Excerpt(body, apiKey), all);
        }
    }

    private static string? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => CompletionReader.String(element),
        JsonValueKind.Array when element.GetArrayLength() > 0 => Find(element[0]),
        JsonValueKind.Object => FindIn(element),
        _ => null,
    };

    private static string? FindIn(JsonElement element)
    {
        if (element.TryGetProperty("metadata", out var metadata) && CompletionReader.Text(metadata, "raw") is { } raw)
            return raw;
        foreach (var name in (ReadOnlySpan<string>)["error", "message", "detail", "msg"])
        {
            if (element.TryGetProperty(name, out var value) && Find(value) is { Length: > 0 } found)
                return found;
        }

        return null;
    }

    private static string Shorten(string text) => text.Length > 500 ? text[..500] + "…" : text;
}
