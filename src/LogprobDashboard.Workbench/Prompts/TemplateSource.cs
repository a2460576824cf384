using System.Globalization;
using System.Text.RegularExpressions;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>Finds places in a template's source: the parsed tree carries none.</summary>
internal static partial class TemplateSource
{
    /// <summary>Line and column, both from 1, of the first place inside a tag or an output that reads <paramref name="name"/>.</summary>
    public static (int Line, int Column) Find(string source, string name)
    {
        foreach (Match tag in Tags().Matches(source))
        {
            for (var at = tag.Value.IndexOf(name, StringComparison.Ordinal); at >= 0; at = tag.Value.IndexOf(name, at + 1, StringComparison.Ordinal))
            {
                if (!IsNamePart(tag.Value, at - 1) && !IsNamePart(tag.Value, at + name.Length))
                    return Place(source, tag.Index + at);
            }
        }

        return (1, 1);
    }

    /// <summary>The parser's own message and place, out of its text. A tag that is left open is told where it begins, not lines later, where the parser gave up.</summary>
    public static TemplateProblem ParserProblem(string source, string error)
    {
        var match = ParserError().Match(error);
        if (!match.Success)
            return new TemplateProblem(1, 1, error.ReplaceLineEndings(" ").Trim());
        var problem = new TemplateProblem(Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["message"].Value.Trim() + ".");
        return OpenTag().Matches(Before(source, problem)).LastOrDefault() is { } open && Place(source, open.Index) is var begin && begin.Line < problem.Line
            ? new TemplateProblem(begin.Line, begin.Column, $"The tag that begins here is not closed. {problem.Message}")
            : problem;

        static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Before(string source, TemplateProblem problem)
    {
        var start = 0;
        for (var line = 1; line < problem.Line && start >= 0; line++)
            start = source.IndexOf('\n', start) + 1;
        return source[..Math.Min(source.Length, start + problem.Column - 1)];
    }

    public static (int Line, int Column) Place(string source, int index)
    {
        var before = source.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    private static bool IsNamePart(string text, int index) =>
        index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] is '_' or '-' && index + 1 < text.Length && char.IsLetterOrDigit(text[index + 1]));

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?:\{\{|\{%)(?:(?!\{\{|\{%|\}\}|%\}).)*\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex OpenTag();

    [GeneratedRegex(@"^(?<message>.*?) at \((?<line>\d+):(?<column>\d+)\)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ParserError();
}
