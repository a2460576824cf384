using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Splits a list of label words: by commas, "or", "and", slashes, bars; quoted words win. Nothing that is no list of short items passes.</summary>
internal static partial class LabelItems
{
    private const int LongestItem = 40;
    private const int MostWords = 4;

    public static List<string> Split(string rest)
    {
        var segment = Segment(rest);
        var quoted = Quoted.Matches(segment).Select(match => match.Groups["item"].Value.Trim()).Where(IsItem).ToList();
        if (quoted.Count >= 2)
            return Distinct(quoted);
        var separators = CountSeparators(segment) > 0 ? Commas : Words;
        var parts = separators.Split(segment).Select(Clean).Where(part => part.Length > 0).ToList();
        if (parts.Count < 2)
            return [];
        parts[^1] = ShortenLast(parts);
        return parts.All(IsItem) ? Distinct(parts) : [];
    }

    /// <summary>The heads of the bulleted lines from here on.</summary>
    public static List<string> ReadBullets(IReadOnlyList<string> lines, int first)
    {
        var items = new List<string>();
        for (var i = first; i < lines.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                if (items.Count > 0)
                    break;
                continue;
            }

            if (!Bulleted.IsMatch(lines[i]))
                break;
            if (DefinitionFinder.Find([lines[i]]) is [{ } definition])
                items.Add(Clean(definition.CodeOnly ? definition.Body.Split(':', '=', '(')[0] : definition.Head));
            else
                items.Add(Clean(DefinitionFinder.WithoutBullet(lines[i]).Split('(')[0]));
        }

        return items.Count >= 2 && items.All(IsItem) ? Distinct(items) : [];
    }

    [GeneratedRegex("""["“'‘`«](?<item>[^"”'’`»\n]{1,40})["”'’`»]""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"\s*(?:,|;|/|\|)\s*(?:(?:or|and)\s+)?|\s+or\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Commas { get; }

    [GeneratedRegex(@"\s+(?:or|and)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Words { get; }

    [GeneratedRegex(@"^\s*(?:[-*•–+]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+\S", RegexOptions.CultureInvariant)]
    private static partial Regex Bulleted { get; }

    private static int CountSeparators(string segment) => segment.AsSpan().IndexOfAny(",;/|") >= 0 ? 1 : 0;

    /// <summary>Up to the end of the sentence, of the brackets, or of the line.</summary>
    private static string Segment(string rest)
    {
        var text = rest.TrimStart(' ', '[', '(', '{', '<');
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ')' or ']' or '}' or '>' or '\n' or ':' or '?' || (text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))))
                return text[..i];
        }

        return text;
    }

    private static string Clean(string part)
    {
        var item = Cues.TrimLabel(part);
        foreach (var lead in (ReadOnlySpan<string>)["either ", "or ", "and ", "the word ", "only ", "just "])
        {
            if (item.StartsWith(lead, StringComparison.OrdinalIgnoreCase))
                item = item[lead.Length..];
        }

        return Cues.TrimLabel(item);
    }

    /// <summary>"No depending on the text" after "Yes": the words behind the last item are no part of it where the others are single words.</summary>
    private static string ShortenLast(List<string> parts) =>
        parts[^1].Contains(' ', StringComparison.Ordinal) && parts.SkipLast(1).All(part => !part.Contains(' ', StringComparison.Ordinal))
            ? Cues.TrimLabel(parts[^1].Split(' ')[0])
            : parts[^1];

    private static bool IsItem(string item) =>
        item.Length is > 0 and <= LongestItem && item.Count(c => c == ' ') < MostWords && item.Any(char.IsLetterOrDigit) && !NoItem.IsMatch(item);

    [GeneratedRegex(@"^(?:the|a|an|it|its|this|that|these|if|when|one|only|nothing else|not|label|text|message|following.*|below|above|one word|one token|no explanation|no punctuation|explanation|punctuation|e\.g\.?|etc\.?)$|^(?:a|an|the|your|my|any|no)\s|[=\uE000{}]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoItem { get; }

    private static List<string> Distinct(IEnumerable<string> items) => [.. items.Distinct(StringComparer.OrdinalIgnoreCase)];
}
