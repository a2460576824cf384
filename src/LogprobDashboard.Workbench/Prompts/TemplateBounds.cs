using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>
/// What a template may be at most. The parser and the renderer call themselves for every nesting, and a stack that overflows ends the process:
/// so these are checked on the source, before it is parsed.
/// </summary>
internal static partial class TemplateBounds
{
    public const int MostCharacters = 200_000;
    public const int MostCharactersOfATag = 2_000;
    public const int DeepestNesting = 50;

    /// <summary>Renderer steps, and numbers in a range.</summary>
    public const int MostSteps = 100_000;

    public static TemplateProblem? Problem(string source)
    {
        if (source.Length > MostCharacters)
            return new TemplateProblem(1, 1, FormattableString.Invariant($"The template is longer than {MostCharacters:N0} characters."));
        var depth = 0;
        foreach (Match tag in Tags().Matches(source))
        {
            if (tag.Length > MostCharactersOfATag)
                return At(tag, FormattableString.Invariant($"A tag is longer than {MostCharactersOfATag:N0} characters."));
            var name = tag.Groups["name"].Value;
            if (name == "liquid")
                return At(tag, "The tag \"liquid\" is not understood: write its tags one by one."); // the parser would drop what is in it
            depth += Opening.Contains(name) ? 1 : name.StartsWith("end", StringComparison.Ordinal) ? -1 : 0;
            if (depth > DeepestNesting)
                return At(tag, FormattableString.Invariant($"Tags are nested deeper than {DeepestNesting}."));
        }

        return null;

        TemplateProblem At(Match tag, string message)
        {
            var (line, column) = TemplateSource.Place(source, tag.Index);
            return new TemplateProblem(line, column, message);
        }
    }

    private static readonly HashSet<string> Opening = new(StringComparer.Ordinal) { "if", "unless", "for", "case", "capture", "tablerow", "ifchanged", "macro" };

    [GeneratedRegex(@"\{\{.*?(?:\}\}|\z)|\{%-?\s*(?<name>\w*).*?(?:%\}|\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
