using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Takes keys out of what a server said: some echo the key, or the half of it.</summary>
internal static partial class Redaction
{
    /// <summary>Shorter ones are dummies for servers that want any key ("ollama"), and ordinary words.</summary>
    private const int ShortestKey = 8;

    /// <summary>What JSON may spell in another way.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create("\"&'+/<=>\\`");

    private const string Removed = "[key removed]";

    /// <summary>The whole body of an answer, before anything is read from it. JSON may spell some characters of a key another way.</summary>
    public static byte[] Apply(byte[] body, string? apiKey)
    {
        if (apiKey is not { Length: >= ShortestKey } || body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(LongestPlainPart(apiKey))) < 0)
            return body;
        var text = Encoding.UTF8.GetString(body);
        var clean = new Regex(string.Concat(apiKey.Select(AnySpelling)), RegexOptions.CultureInvariant).Replace(text, Removed); // an own one: the shared cache of patterns would keep the key
        return clean == text ? body : Encoding.UTF8.GetBytes(clean);
    }

    public static string Apply(string text, string? apiKey)
    {
        if (apiKey is { Length: >= ShortestKey })
            text = text.Replace(apiKey, Removed, StringComparison.Ordinal);
        return KeyShape().Replace(text, Removed);
    }

    private static string LongestPlainPart(string apiKey)
    {
        var longest = default(Range);
        var length = -1;
        foreach (var part in apiKey.AsSpan().SplitAny(Special))
        {
            if (part.End.Value - part.Start.Value > length)
                (longest, length) = (part, part.End.Value - part.Start.Value);
        }

        return apiKey[longest];
    }

    /// <summary>A character as JSON may write it: <c>/</c>, <c>\/</c> or <c>\u002F</c>.</summary>
    private static string AnySpelling(char character) => char.IsAsciiLetterOrDigit(character)
        ? character.ToString()
        : string.Create(CultureInfo.InvariantCulture, $@"(?:\\?{Regex.Escape(character.ToString())}|\\u(?i:{(int)character:x4}))");

    [GeneratedRegex(@"\b(?:sk|gsk|xai|fw|hf|csk|pplx|nvapi|tgp)[-_][A-Za-z0-9_*.\-]{6,}|(?<=Bearer\s)(?!\[key)[^\s""']+", RegexOptions.CultureInvariant)]
    private static partial Regex KeyShape();
}
