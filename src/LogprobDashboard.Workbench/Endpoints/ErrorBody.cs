using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What an error body says, whatever its shape: nested or flat, in a list, with an error object, an error text or a detail.</summary>
/// <param name="Message">The most telling text; empty where there is none.</param>
/// <param name="Codes">Codes and types as the server spells them.</param>
/// <param name="Field">The request field at fault, where one is named apart from the text.</param>
/// <param name="Status">An HTTP status inside the body.</param>
/// <param name="RetryDelay">How long to wait, where the body has a field for it.</param>
internal sealed record ErrorBody(string Message, IReadOnlyList<string> Codes, string? Field, int? Status, TimeSpan? RetryDelay)
{
    private const int MostDetails = 3;

    /// <summary>Longer bodies are pages of HTML; what is wrong stands at the beginning.</summary>
    private const int MostRead = 256 * 1024;

    private static readonly string[] CodeNames = ["code", "type", "status", "error_type", "reason", "err_code"];

    public static ErrorBody None { get; } = new("", [], null, null, null);

    /// <returns>Null where the body is no JSON.</returns>
    public static ErrorBody? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostRead)]));
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            return Read(root[0]);
        if (root.ValueKind != JsonValueKind.Object)
            return None with { Message = root.ValueKind == JsonValueKind.String ? CompletionReader.String(root) : "" };
        var error = Property(root, "error") is { ValueKind: JsonValueKind.Object } nested ? nested : root;
        var found = new ErrorBody(Find(root) ?? "", [.. CodesIn(root, error)], CompletionReader.Text(error, "param"), Number(Property(error, "code")), Delay(error));
        return (Provider(Property(error, "metadata")) ?? Packed(found.Message)) is { } provider ? found.With(provider) : found;
    }

    /// <summary>A gateway hands on what the provider behind it said.</summary>
    private static ErrorBody? Provider(JsonElement metadata) =>
        CompletionReader.Text(metadata, "raw") is { Length: > 0 } raw ? Packed(raw) ?? None with { Message = raw } : null;

    /// <summary>An error body that stands as a text in another.</summary>
    private static ErrorBody? Packed(string text) =>
        text.TrimStart() is ['{' or '[', ..] && Read(Encoding.UTF8.GetBytes(text)) is { Message.Length: > 0 } inner ? inner : null;

    private ErrorBody With(ErrorBody provider) =>
        new(provider.Message, [.. provider.Codes, .. Codes], provider.Field ?? Field, Status ?? provider.Status, provider.RetryDelay ?? RetryDelay);

    private static IEnumerable<string> CodesIn(JsonElement root, JsonElement error) =>
        from element in new[] { Property(error, "innererror"), error, root }.Concat(Details(error))
        from name in CodeNames
        let code = CompletionReader.Text(element, name)
        where code is not null
        select code;

    private static IEnumerable<JsonElement> Details(JsonElement error) =>
        Property(error, "details") is { ValueKind: JsonValueKind.Array } details ? details.EnumerateArray().ToList() : [];

    /// <summary>Google's <c>RetryInfo</c>: <c>{"retryDelay": "34s"}</c>.</summary>
    private static TimeSpan? Delay(JsonElement error) =>
        Details(error).Select(detail => CompletionReader.Text(detail, "retryDelay")).FirstOrDefault(text => text is not null) is { } delay ? RetryAfterReading.Duration(delay) : null;

    private static string? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => CompletionReader.String(element),
        JsonValueKind.Array when element.GetArrayLength() > 0 => string.Join(" ", element.EnumerateArray().Take(MostDetails).Select(Find).Where(text => !string.IsNullOrEmpty(text))),
        JsonValueKind.Object => FindIn(element),
        _ => null,
    };

    private static string? FindIn(JsonElement element)
    {
        foreach (var name in (ReadOnlySpan<string>)["error", "message", "detail", "msg", "title"])
        {
            if (Property(element, name) is { ValueKind: not JsonValueKind.Undefined } value && Find(value) is { Length: > 0 } found)
                return name == "msg" && Property(element, "loc") is { ValueKind: JsonValueKind.Array } place ? $"{Place(place)}: {found}." : found;
        }

        return null;
    }

    private static string Place(JsonElement place) => string.Join(".", place.EnumerateArray().Select(step => step.ToString()).Where(step => step != "body"));

    private static int? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(CompletionReader.String(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
