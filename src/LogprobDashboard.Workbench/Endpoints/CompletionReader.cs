using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Reads a chat completion tolerantly: what a server leaves out or writes in its own way must not cost the answer.</summary>
internal static partial class CompletionReader
{
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static (ReceivedAnswer? Answer, CallFailure? Failure) Read(ReadOnlyMemory<byte> body, string? apiKey = null)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Tolerant);
            return Read(document.RootElement, apiKey);
        }
        catch (JsonException) when (BareNumbers.Replace(body.Span) is { } mended)
        {
            return Read(mended, apiKey);
        }
        catch (JsonException)
        {
            return (null, new CallFailure(FailureKind.Malformed, $"The server's answer is not JSON, or was cut off after {body.Length} bytes: {WireError.Excerpt(body.Span, apiKey)}"));
        }
    }

    /// <summary>A chat completion that stands in something larger, as a line of a batch job's output.</summary>
    public static (ReceivedAnswer? Answer, CallFailure? Failure) Read(JsonElement root, string? apiKey = null)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            return (null, WireError.Read(System.Net.HttpStatusCode.OK, null, Encoding.UTF8.GetBytes(root.GetRawText()), apiKey));
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("choices", out var choices)
            || choices.ValueKind != JsonValueKind.Array
            || choices.GetArrayLength() == 0
            || choices[0].ValueKind != JsonValueKind.Object)
        {
            return (null, new CallFailure(FailureKind.Malformed, "The server answered with JSON that is no chat completion (no choices). Check that the base URL ends where /chat/completions follows."));
        }

        var choice = choices[0];
        var usage = root.TryGetProperty("usage", out var found) ? found : default;
        return (new ReceivedAnswer(
            LogprobReader.Read(choice),
            MessageText(choice),
            Text(choice, "finish_reason"),
            Text(root, "model"),
            Count(usage, "prompt_tokens"),
            Count(usage, "completion_tokens")), null);
    }

    private static string MessageText(JsonElement choice)
    {
        if (!choice.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("content", out var content))
            return "";
        return content.ValueKind switch
        {
            JsonValueKind.String => String(content),
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Text(part, "text") ?? "")),
            _ => "",
        };
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? String(value) : null;

    /// <summary>A server that cuts a character in two sends half a surrogate pair, or bytes that are no UTF-8: the rest of the text is read all the same.</summary>
    internal static string String(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
            return Surrogate().Replace(raw[1..^1], "\uFFFD");
        }
    }

    [GeneratedRegex(@"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Surrogate();

    private static int? Count(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;
}
