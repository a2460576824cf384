using System.Buffers;
using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Where in a message the sample's text begins and ends: by tags, fences, cue lines, an introduction, or the last paragraph.</summary>
internal static partial class SampleBounds
{
    private const int LongestHeading = 30;
    private const int LongestInstructions = 8;

    private static readonly SearchValues<char> CueCharacters = SearchValues.Create(":：=>→⇒⟶\t|");

    private static readonly SearchValues<char> ArrowCharacters = SearchValues.Create(">→⇒⟶\t|");

    private static readonly string[] Fences = ["```", "\"\"\"", "'''", "---", "===", "###"];

    /// <param name="text">The message.</param>
    /// <param name="alone">The message has to hold the instructions too, because there is no other one.</param>
    public static (int Start, int End) Find(string text, bool alone)
    {
        var lines = TextLine.Split(text);
        var (end, arrow) = SampleTail.Find(text, lines);
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            end--;
        return FindTagged(text, end) ?? FindFenced(text, end) ?? FindAnnounced(text, lines, end, arrow) ?? FindUnannounced(text, end, alone);
    }

    [GeneratedRegex(@"</\s*(?<name>[\p{L}_][\w\-]*)\s*>$", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex ClosingTag { get; }

    private static (int, int)? FindTagged(string text, int end)
    {
        var closing = end > 0 && text[end - 1] == '>' ? ClosingTag.Match(text[..end]) : Match.Empty;
        if (!closing.Success)
            return null;
        var opening = text.LastIndexOf($"<{closing.Groups["name"].Value}>", closing.Index, StringComparison.OrdinalIgnoreCase);
        return opening < 0 ? null : Trim(text, opening + closing.Groups["name"].Length + 2, closing.Index);
    }

    private static (int, int)? FindFenced(string text, int end)
    {
        foreach (var fence in Fences)
        {
            if (end < 2 * fence.Length || !text.AsSpan(0, end).EndsWith(fence, StringComparison.Ordinal))
                continue;
            var opening = text.LastIndexOf(fence, end - fence.Length - 1, StringComparison.Ordinal);
            if (opening >= 0)
                return Trim(text, opening + fence.Length, end - fence.Length);
        }

        return null;
    }

    /// <summary>After the last example that is complete, the first line that announces a text.</summary>
    private static (int, int)? FindAnnounced(string text, List<TextLine> lines, int end, bool arrow)
    {
        int? announced = null, asked = null, introduced = null;
        var afterExamples = 0;
        foreach (var line in lines)
        {
            if (line.Start >= end)
                break;
            if (!MayAnnounce(text.AsSpan(line.Start, Math.Min(line.End, end) - line.Start)))
                continue;
            var content = text[line.Start..Math.Min(line.End, end)];
            var cue = Cues.Text.Match(content);
            if (ClosesExample(content, cue.Success, line.End >= end, open: (announced ?? asked) is not null))
            {
                (announced, asked, introduced) = (null, null, null);
                afterExamples = line.End;
            }
            else if (cue.Success)
                announced ??= line.Start + ValueStart(cue, content);
            else if (announced is null && Cues.Question.Match(content) is { Success: true } question)
                asked ??= line.Start + ValueStart(question, content);
            else if (announced is null && introduced is null && Cues.Introduction.Match(content) is { Success: true } introduction && line.Start + ValueStart(introduction, content) < end)
                introduced = line.Start + ValueStart(introduction, content);
        }

        var start = announced ?? (arrow && afterExamples > 0 ? afterExamples : introduced ?? asked);
        return start is { } found ? Trim(text, Math.Min(found, end), end) : null;
    }

    /// <summary>Every cue has one of these characters, or is a short heading: most lines need no closer look.</summary>
    private static bool MayAnnounce(ReadOnlySpan<char> line) => line.Length is > 0 and <= LongestHeading || line.ContainsAny(CueCharacters);

    private static bool ClosesExample(string line, bool announces, bool last, bool open)
    {
        if (open && !announces && Cues.Answer.Match(line) is { Success: true } answer)
            return Cues.IsLabelValue(answer.Groups["value"].ValueSpan);
        if (last)
            return false;
        return (line.AsSpan().ContainsAny(ArrowCharacters) && Cues.Arrow.Match(line) is { Success: true } arrow && Cues.IsLabelValue(arrow.Groups["value"].ValueSpan))
            || (announces && Cues.SameLineAnswer.Match(line) is { Success: true } same && Cues.IsLabelValue(same.Groups["value"].ValueSpan));
    }

    private static int ValueStart(Match cue, string line) => cue.Groups["value"].Success ? cue.Groups["value"].Index : line.Length;

    private static (int, int) FindUnannounced(string text, int end, bool alone)
    {
        if (!alone)
            return Trim(text, 0, end);
        var paragraph = text.AsSpan(0, end).LastIndexOf("\n\n", StringComparison.Ordinal);
        return paragraph >= 0 ? Trim(text, paragraph, end) : Trim(text, AfterInstructions(text, end), end);
    }

    /// <summary>One paragraph that holds both begins with the instructions, up to the lines that say how to answer; all of it is text where none does.</summary>
    private static int AfterInstructions(string text, int end)
    {
        var (start, said) = (0, false);
        var line = 0;
        for (var at = 0; at < LongestInstructions && text.IndexOf('\n', line, end - line) is var next && next >= 0; at++)
        {
            if (Cues.OpeningInstruction.IsMatch(text[line..next]))
                (start, said) = (next + 1, true);
            else if (said)
                break;
            line = next + 1;
        }

        return start;
    }

    private static (int Start, int End) Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return (start, end);
    }
}
