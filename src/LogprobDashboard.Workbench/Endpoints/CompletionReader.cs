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
            using var document = Parse(body);
            return Read(document.RootElement, apiKey);
        }
        catch (JsonException)
        {
            return StreamedBody.Split(body) is { Count: > 0 } parts
                ? ReadStreamed(parts, apiKey)
                : (null, new CallFailure(FailureKind.Malformed, $"The server's answer is not JSON, or was cut off after {body.Length} bytes: {WireError.Excerpt(body.Span, apiKey)}"));
        }
    }

    /// <summary>A chat completion that stands in something larger, as a line of a batch job's output.</summary>
    public static (ReceivedAnswer? Answer, CallFailure? Failure) Read(JsonElement root, string? apiKey = null)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1)
            root = root[0]; // some gateways wrap every body in a list
        if (ErrorIn(root, apiKey) is { } failure)
            return (null, failure);
        if (root.ValueKind == JsonValueKind.Object && HasChoice(root, out var choice))
            return ReadChoice(root, choice, apiKey);
        return NativeAnswers.Read(root) ?? (null, new CallFailure(FailureKind.Malformed, "The server answered with JSON that is no chat completion (no choices). Check that the base URL ends where /chat/completions follows."));
    }

    /// <summary>The parts of an answer that came as a stream, although none was asked for, put together.</summary>
    private static (ReceivedAnswer? Answer, CallFailure? Failure) ReadStreamed(IReadOnlyList<ReadOnlyMemory<byte>> parts, string? apiKey)
    {
        ReceivedAnswer? whole = null;
        foreach (var part in parts)
        {
            try
            {
                using var document = Parse(part);
                if (document.RootElement.ValueKind == JsonValueKind.Object && IsEmptyPart(document.RootElement))
                {
                    whole = StreamedBody.Join(whole, Empty(document.RootElement));
                    continue;
                }

                var (answer, failure) = Read(document.RootElement, apiKey);
                if (failure is not null)
                    return (null, failure);
                whole = StreamedBody.Join(whole, answer!);
            }
            catch (JsonException)
            {
                return (null, new CallFailure(FailureKind.Malformed, $"The server's stream holds a part that is not JSON, or was cut off: {WireError.Excerpt(part.Span, apiKey)}"));
            }
        }

        return (whole, null);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Tolerant);
        }
        catch (JsonException) when (BareNumbers.Replace(json.Span) is { } mended)
        {
            return JsonDocument.Parse(mended, Tolerant);
        }
    }

    private static (ReceivedAnswer? Answer, CallFailure? Failure) ReadChoice(JsonElement root, JsonElement choice, string? apiKey)
    {
        if (ErrorIn(choice, apiKey) is { } failure)
            return (null, failure); // a gateway whose provider failed half-way
        var message = choice.TryGetProperty("message", out var whole) ? whole : choice.TryGetProperty("delta", out var part) ? part : default;
        var answer = Empty(root) with
        {
            Positions = LogprobReader.Read(choice),
            Text = MessageText(message) ?? Text(choice, "text") ?? "",
            FinishReason = Text(choice, "finish_reason"),
        };
        answer = answer with { Reasoned = answer.Reasoned || Thoughts.AreIn(message) };
        return answer is { FinishReason: "content_filter", Positions.Count: 0, Text: "" }
            ? (null, new CallFailure(FailureKind.ContentFiltered, FailureAdvice.Of(FailureKind.ContentFiltered)))
            : (answer, null);
    }

    /// <summary>What stands beside the choices.</summary>
    private static ReceivedAnswer Empty(JsonElement root)
    {
        var usage = root.TryGetProperty("usage", out var found) ? found : default;
        return new ReceivedAnswer([], "", null, Text(root, "model"), Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Thoughts.WereCounted(usage));
    }

    private static bool HasChoice(JsonElement root, out JsonElement choice)
    {
        choice = default;
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            return false;
        choice = choices[0];
        return choice.ValueKind == JsonValueKind.Object;
    }

    /// <summary>A part of a stream that carries no text: what a filter found, or the bill.</summary>
    private static bool IsEmptyPart(JsonElement root) =>
        root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() == 0 && ErrorIn(root, null) is null;

    private static CallFailure? ErrorIn(JsonElement element, string? apiKey) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("error", out var error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? WireError.Read(System.Net.HttpStatusCode.OK, null, Encoding.UTF8.GetBytes(element.GetRawText()), apiKey)
            : null;

    private static string? MessageText(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("content", out var content))
            return null;
        return content.ValueKind switch
        {
            JsonValueKind.String => String(content),
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Text(part, "text") ?? "")),
            _ => "",
        };
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? String(value) : null;

    internal static int? Count(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;

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
}
