using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogprobDashboard.DemoModel.Wire;

/// <summary>The messages of a request: content as a string, or as a list of text parts (joined by newlines).</summary>
internal static class ChatMessageReader
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant"];

    public static WireError? Read(JsonElement body, List<ChatMessage> messages)
    {
        if (!JsonFields.TryGet(body, "messages", out var list))
            return WireError.Missing("messages");
        if (list.ValueKind != JsonValueKind.Array)
            return WireError.WrongType("messages", "an array of objects", JsonFields.Describe(list));
        if (list.GetArrayLength() == 0)
            return new WireError(400, "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array");
        var index = 0;
        foreach (var message in list.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"messages[{index++}]");
            if (ReadMessage(message, at, messages) is { } error)
                return error;
        }

        return null;
    }

    private static WireError? ReadMessage(JsonElement message, string at, List<ChatMessage> messages)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return WireError.WrongType(at, "an object", JsonFields.Describe(message));
        if (!JsonFields.TryGet(message, "role", out var role))
            return WireError.Missing($"{at}.role");
        if (role.ValueKind != JsonValueKind.String)
            return WireError.WrongType($"{at}.role", "a string", JsonFields.Describe(role));
        var name = Array.Find(Roles, known => role.ValueEquals(known));
        if (name is null)
        {
            return new WireError(400, $"Invalid value: '{role.GetString()}'. Supported values are: {string.Join(", ", Roles.Select(r => $"'{r}'"))}.",
                $"{at}.role", "invalid_value");
        }

        if (!JsonFields.TryGet(message, "content", out var content))
            return WireError.Missing($"{at}.content");
        var error = ReadContent(content, $"{at}.content", out var text);
        if (error is null)
            messages.Add(new ChatMessage(name, text));
        return error;
    }

    private static WireError? ReadContent(JsonElement content, string at, out string text)
    {
        text = "";
        if (content.ValueKind == JsonValueKind.String)
        {
            text = content.GetString()!;
            return null;
        }

        if (content.ValueKind != JsonValueKind.Array)
            return WireError.WrongType(at, "a string or an array of text parts", JsonFields.Describe(content));
        var joined = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("text", out var piece) || piece.ValueKind != JsonValueKind.String)
                return WireError.Unsupported(at, "parts other than text", "Send each part as {\"type\":\"text\",\"text\":…}.");
            joined.Append(joined.Length == 0 ? "" : "\n").Append(piece.GetString());
        }

        text = joined.ToString();
        return null;
    }
}
