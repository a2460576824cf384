using System.Text;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Takes keys out of what a server said: some echo the key, or the half of it.</summary>
internal static partial class Redaction
{
    /// <summary>Shorter ones are dummies for servers that want any key ("ollama"), and ordinary words.</summary>
    private const int ShortestKey = 8;

    private const string Removed = "[key removed]";

    /// <summary>The whole body of an answer, before anything is read from it.</summary>
    public static byte[] Apply(byte[] body, string? apiKey) =>
        apiKey is { Length: >= ShortestKey } && body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(apiKey)) >= 0
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(apiKey, Removed, StringComparison.Ordinal))
            : body;

    public static string Apply(string text, string? apiKey)
    {
        if (apiKey is { Length: >= ShortestKey })
            text = text.Replace(apiKey, Removed, StringComparison.Ordinal);
        return KeyShape().Replace(text, Removed);
    }

    [GeneratedRegex(@"\b(?:sk|gsk|xai|fw)[-_][A-Za-z0-9_*.\-]{6,}|(?<=Bearer\s)(?!\[key)[^\s""']+", RegexOptions.CultureInvariant)]
    private static partial Regex KeyShape();
}
