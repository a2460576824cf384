using System.Text;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Takes out of a server's words what it only repeats of the prompt: a sample that speaks of content filters must not look like one.</summary>
internal static class PromptEcho
{
    /// <summary>Shorter agreements are chance, and the field's own words.</summary>
    private const int ShortestEcho = 16;

    private const int MostCompared = 4096;

    public static string Remove(string text, IReadOnlyList<PromptMessage> prompt)
    {
        if (text.Length > MostCompared)
            text = text[..MostCompared];
        foreach (var message in prompt)
            text = Remove(Remove(text, message.Content), Escaped(message.Content));
        return text;
    }

    private static string Remove(string text, string content)
    {
        if (content.Length == 0 || text.Length == 0)
            return text;
        if (content.Length < ShortestEcho)
            return content.Length > 2 ? text.Replace($"\"{content}\"", "", StringComparison.Ordinal).Replace($"'{content}'", "", StringComparison.Ordinal) : text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = EchoAt(text, at, content);
            if (length == 0)
                kept.Append(text[at++]);
            at += length;
        }

        return kept.ToString();
    }

    /// <summary>How much of the text from here on stands in the prompt, 0 where it is too little.</summary>
    private static int EchoAt(string text, int at, string content)
    {
        if (at + ShortestEcho > text.Length || content.IndexOf(text.Substring(at, ShortestEcho), StringComparison.Ordinal) is var found && found < 0)
            return 0;
        var length = ShortestEcho;
        while (at + length < text.Length && found + length < content.Length && text[at + length] == content[found + length])
            length++;
        return length;
    }

    /// <summary>As a Python or JSON text shows it.</summary>
    private static string Escaped(string content) => content
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
