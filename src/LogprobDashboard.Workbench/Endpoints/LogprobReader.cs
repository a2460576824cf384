using System.Text.Json;
using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Reads the log probs of one choice, in the two shapes that servers use. Numbers stay doubles; an entry without a token is no entry.</summary>
internal static class LogprobReader
{
    public static IReadOnlyList<AnswerPosition> Read(JsonElement choice)
    {
        if (!choice.TryGetProperty("logprobs", out var logprobs) || logprobs.ValueKind != JsonValueKind.Object)
            return [];
        if (logprobs.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
            return Positions(content);
        return logprobs.TryGetProperty("tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Array ? LegacyPositions(logprobs, tokens) : [];
    }

    /// <summary>The chat shape: <c>[{token, logprob, bytes, top_logprobs: [{token, logprob, bytes}]}]</c>; empty where it is no list.</summary>
    public static IReadOnlyList<AnswerPosition> Positions(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array } content)
            return [];
        var positions = new List<AnswerPosition>(content.GetArrayLength());
        foreach (var entry in content.EnumerateArray())
        {
            if (Token(entry) is not { } chosen)
                continue;
            positions.Add(new AnswerPosition(chosen, entry.TryGetProperty("top_logprobs", out var top) ? Tokens(top) : []));
        }

        return positions;
    }

    /// <summary>The same where the alternatives stand in a list of their own.</summary>
    /// <param name="chosen">The generated tokens.</param>
    /// <param name="alternatives">The list of the position's alternatives.</param>
    /// <param name="read">Reads one token.</param>
    public static IReadOnlyList<AnswerPosition> Positions(JsonElement chosen, Func<int, JsonElement> alternatives, Func<JsonElement, TokenLogprob?> read)
    {
        if (chosen.ValueKind != JsonValueKind.Array)
            return [];
        var positions = new List<AnswerPosition>(chosen.GetArrayLength());
        for (var i = 0; i < chosen.GetArrayLength(); i++)
        {
            if (read(chosen[i]) is { } token)
                positions.Add(new AnswerPosition(token, alternatives(i) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(read).OfType<TokenLogprob>()] : []));
        }

        return positions;
    }

    /// <summary>A list of <c>{token, logprob, bytes}</c>; empty where it is none.</summary>
    public static IReadOnlyList<TokenLogprob> Tokens(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(entry => Token(entry)).OfType<TokenLogprob>()] : [];

    /// <summary>The completions shape, which some servers send for chats too: <c>{tokens: [], token_logprobs: [], top_logprobs: [{token: logprob}]}</c>.</summary>
    private static List<AnswerPosition> LegacyPositions(JsonElement logprobs, JsonElement tokens)
    {
        var values = Array(logprobs, "token_logprobs");
        var tops = Array(logprobs, "top_logprobs");
        var positions = new List<AnswerPosition>(tokens.GetArrayLength());
        for (var i = 0; i < tokens.GetArrayLength(); i++)
        {
            if (tokens[i].ValueKind != JsonValueKind.String)
                continue;
            var chosen = new TokenLogprob(CompletionReader.String(tokens[i]), values is { } found && i < found.GetArrayLength() ? Number(found[i]) : null);
            List<TokenLogprob> top = tops is { } lists && i < lists.GetArrayLength() && lists[i].ValueKind == JsonValueKind.Object
                ? [.. lists[i].EnumerateObject().Select(pair => new TokenLogprob(pair.Name, Number(pair.Value)))]
                : [];
            positions.Add(new AnswerPosition(chosen, top));
        }

        return positions;
    }

    /// <summary>One entry under the names that a server gives its parts; null where it has no token.</summary>
    public static TokenLogprob? Token(JsonElement entry, string text, string logprob) => CompletionReader.Text(entry, text) is { } token
        ? new TokenLogprob(token, entry.TryGetProperty(logprob, out var value) ? Number(value) : null, Bytes(entry, token))
        : null;

    private static TokenLogprob? Token(JsonElement entry) => Token(entry, "token", "logprob");

    /// <summary>An empty list for a token that is not empty says nothing: some servers send it for every token.</summary>
    private static ReadOnlyMemory<byte>? Bytes(JsonElement entry, string token)
    {
        if (!entry.TryGetProperty("bytes", out var list) || list.ValueKind != JsonValueKind.Array || (list.GetArrayLength() == 0 && token.Length > 0))
            return null;
        var bytes = new byte[list.GetArrayLength()];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetByte(out bytes[i]))
                return null;
        }

        return bytes;
    }

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static JsonElement? Array(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value : null;
}
