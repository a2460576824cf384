using System.Text.Json;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>The examples of a prompt, and the lines that belong to none.</summary>
/// <param name="Certain">Announced as text and answer, by cue lines or as chat turns.</param>
/// <param name="Inline">Lines with an arrow; they could define a label too.</param>
/// <param name="OtherLines">All lines that are no certain example, the inline ones included.</param>
internal sealed record FoundExamples(IReadOnlyList<PromptExample> Certain, IReadOnlyList<PromptExample> Inline, IReadOnlyList<string> OtherLines);

/// <summary>Finds examples: earlier chat turns, "Message: … / Answer: …" blocks, "text -> label" lines, JSON lines.</summary>
internal static class ExampleFinder
{
    private const int LongestExample = 30;

    public static FoundExamples Find(IReadOnlyList<ChatMessage> messages)
    {
        var certain = new List<PromptExample>();
        var inline = new List<PromptExample>();
        var others = new List<string>();
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].IsAssistant)
                continue;
            var text = messages[i].Text;
            if (messages[i].IsUser && i + 1 < messages.Count && messages[i + 1].IsAssistant && !text.Contains(PromptFrame.Slot, StringComparison.Ordinal))
            {
                var (start, end) = SampleBounds.Find(text, alone: i == 0);
                certain.Add(new PromptExample(Cues.Unquote(text[start..end]), Cues.TrimLabel(messages[i + 1].Text)));
                text = string.Concat(text.AsSpan(0, start), "\n", text.AsSpan(end));
            }

            ReadLines(text.ReplaceLineEndings("\n").Split('\n'), certain, inline, others);
            others.Add("");
        }

        return new FoundExamples(certain, inline, others);
    }

    private static void ReadLines(string[] lines, List<PromptExample> certain, List<PromptExample> inline, List<string> others)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var cue = Cues.Text.Match(line) is { Success: true } text ? text : Cues.Question.Match(line);
            if (ReadJson(line) is { } fromJson)
                certain.Add(fromJson);
            else if (cue.Success && ReadSameLine(line, cue.Groups["value"].Value) is { } onOneLine)
                certain.Add(onOneLine);
            else if (cue.Success && ReadBlock(lines, i, cue.Groups["value"].Value, out var last) is { } block)
            {
                certain.Add(block);
                i = last;
            }
            else
            {
                others.Add(line.Replace(PromptFrame.Slot, ' '));
                if (!line.Contains(PromptFrame.Slot, StringComparison.Ordinal) && ReadArrow(line, cue.Success ? cue.Groups["value"].Value : line) is { } arrow)
                    inline.Add(arrow);
            }
        }
    }

    private static PromptExample? ReadBlock(string[] lines, int start, string value, out int last)
    {
        var text = new List<string> { value };
        for (last = start + 1; last < Math.Min(lines.Length, start + LongestExample); last++)
        {
            var line = lines[last];
            if (Cues.Answer.Match(line) is { Success: true } answer)
            {
                var label = answer.Groups["value"].Value;
                if (label.Length == 0 && last + 1 < lines.Length)
                    label = lines[++last];
                return Cues.IsLabelValue(label) ? Make(string.Join('\n', text), label) : null;
            }

            if (Cues.Text.IsMatch(line) || line.Contains(PromptFrame.Slot, StringComparison.Ordinal))
                return null;
            text.Add(line);
        }

        return null;
    }

    private static PromptExample? ReadSameLine(string line, string value) =>
        !line.Contains(PromptFrame.Slot, StringComparison.Ordinal) && Cues.SameLineAnswer.Match(value) is { Success: true } same
            && Cues.IsLabelValue(same.Groups["value"].ValueSpan)
            ? Make(same.Groups["text"].Value, same.Groups["value"].Value)
            : null;

    private static PromptExample? ReadArrow(string line, string value)
    {
        var match = Cues.Arrow.Match(value.Length > 0 ? value : line);
        if (!match.Success || !Cues.IsLabelValue(match.Groups["value"].ValueSpan))
            return null;
        return Make(DefinitionFinder.WithoutBullet(match.Groups["text"].Value), match.Groups["value"].Value);
    }

    private static PromptExample? ReadJson(string line)
    {
        var trimmed = line.AsSpan().Trim().TrimEnd(',');
        if (trimmed.Length < 2 || trimmed[0] != '{' || trimmed[^1] != '}')
            return null;
        try
        {
            using var document = JsonDocument.Parse(trimmed.ToString());
            var values = document.RootElement.EnumerateObject().Where(field => field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .Select(field => field.Value.ToString()).ToList();
            return values.Count >= 2 && Cues.IsLabelValue(values[^1]) ? Make(values[0], values[^1]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PromptExample? Make(string text, string label)
    {
        var unquoted = Cues.Unquote(text);
        return unquoted.Length == 0 ? null : new PromptExample(unquoted, Cues.TrimLabel(label));
    }
}
