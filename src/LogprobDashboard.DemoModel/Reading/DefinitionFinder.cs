using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>A line that says what a head stands for: "spam: unsolicited advertising", "- A = billing", "1. billing". A code is a list number or letter.</summary>
/// <param name="Head">What is defined.</param>
/// <param name="Body">What is said of it.</param>
/// <param name="CodeOnly">The head is the list number or letter of a line without another head.</param>
/// <param name="Run">Lines of the same list, without other text between them, have the same number.</param>
/// <param name="Line">The index of the line.</param>
internal sealed record DefinitionLine(string Head, string Body, bool CodeOnly, int Run, int Line);

internal static partial class DefinitionFinder
{
    private const int LongestHead = 4;

    public static IReadOnlyList<DefinitionLine> Find(IReadOnlyList<string> lines)
    {
        var found = new List<DefinitionLine>();
        var run = 0;
        var inRun = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var definition = Read(line, run, i);
            if (definition is not null)
                found.Add(definition);
            else if (inRun && IsContinuation(line))
                found[^1] = found[^1] with { Body = $"{found[^1].Body}, {WithoutBullet(line)}" };
            else if (inRun)
                run++;
            inRun = definition is not null || (inRun && IsContinuation(line));
        }

        return found;
    }

    public static string WithoutBullet(string line) => Bullet.Replace(line, "").Trim();

    [GeneratedRegex(@"^\s*(?:[-*•–+]\s+)?(?:\(?\d{1,3}[.)]\s+)?(?:(?:label|class|category|option|code) )?[*_""'`\[<“]{0,4}(?<head>[^\s:=""'`*_“][^:=\n]{0,40}?)[*_""'`\]>”]{0,4}\s*(?:[:：=]|\s[-–—]{1,2}\s|\s?(?:-+>|=+>|→)|\s(?:means|stands for|indicates|refers to)\s)[*_]{0,3}\s*(?<body>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Headed { get; }

    [GeneratedRegex(@"^\s*(?:[-*•–+]\s+)?[(\[]?(?<head>\d{1,3}|[A-Za-z])[.)\]]\s+(?<body>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Coded { get; }

    [GeneratedRegex(@"^\s*(?:[-*•–+]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet { get; }

    private static DefinitionLine? Read(string line, int run, int index)
    {
        if (Coded.Match(line) is { Success: true } coded)
            return new DefinitionLine(coded.Groups["head"].Value, coded.Groups["body"].Value.Trim(), CodeOnly: true, run, index);
        if (Headed.Match(line) is not { Success: true } headed)
            return null;
        var head = headed.Groups["head"].Value.Trim();
        return IsHead(head) ? new DefinitionLine(head, headed.Groups["body"].Value.Trim(), CodeOnly: false, run, index) : null;
    }

    private static bool IsHead(string head) =>
        head.Count(c => c == ' ') < LongestHead && head.IndexOfAny(['?', '!', '.', ',']) < 0 && !Cues.Heading.IsMatch(head) && !Cues.Text.IsMatch(head + ":");

    private static bool IsContinuation(string line) => char.IsWhiteSpace(line[0]);
}
