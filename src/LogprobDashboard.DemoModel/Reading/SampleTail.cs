namespace LogprobDashboard.DemoModel.Reading;

/// <summary>What follows the sample's text in a message: "Answer:", an arrow, a closing instruction.</summary>
internal static class SampleTail
{
    private const int LongestCue = 12;

    /// <summary>Where the tail begins (the message's length where there is none), and whether it is an arrow.</summary>
    public static (int Start, bool Arrow) Find(string text, List<TextLine> lines)
    {
        var end = text.Length;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (lines[i].IsBlank(text))
                continue;
            var line = text[lines[i].Start..lines[i].End];
            if (i > 0 && (IsOpenCue(line) || (lines[i - 1].IsBlank(text) && Cues.ClosingInstruction.IsMatch(line))))
            {
                end = lines[i].Start;
                continue;
            }

            if (Cues.Arrow.Match(line) is { Success: true } arrow && arrow.Groups["value"].ValueSpan.IsWhiteSpace())
                return (lines[i].Start + arrow.Groups["text"].Index + arrow.Groups["text"].Length, true);
            if (Cues.SameLineAnswer.Match(line) is { Success: true } same && same.Groups["value"].ValueSpan.IsWhiteSpace())
                return (lines[i].Start + same.Groups["text"].Length, false);
            break;
        }

        return (end, false);
    }

    /// <summary>"Answer:", "Label (spam or ham):", "=>": a short line that waits for its answer, and announces no text.</summary>
    private static bool IsOpenCue(string line)
    {
        var trimmed = line.AsSpan().Trim().TrimEnd("*_ ");
        if (trimmed.EndsWith("->", StringComparison.Ordinal) || trimmed.EndsWith("=>", StringComparison.Ordinal) || trimmed is "→")
            return trimmed.Length <= 4 || Cues.Answer.IsMatch(line);
        if (trimmed.IsEmpty || trimmed[^1] is not (':' or '：'))
            return false;
        var words = 1;
        foreach (var c in trimmed)
            words += c == ' ' ? 1 : 0;
        return words <= LongestCue && !Cues.Text.IsMatch(line);
    }
}
