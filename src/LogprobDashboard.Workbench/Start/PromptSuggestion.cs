using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Start;

/// <summary>A prompt as a person would begin it: the choice, the labels, the text, the answer's cue.</summary>
public sealed record FirstPrompt(string System, string User);

/// <summary>Writes first prompts.</summary>
public static class PromptSuggestion
{
    public const string Text = "{{ text }}";

    private const int MostInASentence = 6;
    private const int LongestInASentence = 24;

    /// <summary>From the labels and their first words. Where a word is not the label's name it stands before it, a line a label: "A: billing".</summary>
    public static FirstPrompt For(IReadOnlyList<ExperimentLabel> labels)
    {
        if (labels.All(label => FirstWord(label) == label.Name.Trim()))
            return new FirstPrompt("You classify texts. Answer with exactly one label and nothing else.", $"{NamesAsked(labels)}\n\nText:\n{Text}\n\nLabel:");
        var codes = LetterCodes.AreUsedBy(labels);
        var asked = !codes
            ? Sentence(labels.Select((label, index) => Literal(FirstWord(label), index)))
            : labels.Count <= LetterCodes.MostOfOneLetter ? "Answer with its letter alone." : "Answer with its letters alone.";
        return new FirstPrompt(
            $"You classify texts. Answer with exactly one {(codes ? "code" : "word")} and nothing else.",
            $"Which of these fits the text best?\n\n{Lines(labels)}\n\n{asked}\n\nText:\n{Text}\n\nAnswer:");
    }

    /// <summary>A line a label: its first word and its name.</summary>
    public static string Lines(IReadOnlyList<ExperimentLabel> labels) =>
        string.Join('\n', labels.Select((label, index) => $"{Literal(FirstWord(label), index)}: {Literal(label.Name.Trim(), index)}"));

    /// <summary>A prompt that a person wrote, told of the label words: lines of an earlier telling are replaced, else the lines come first.</summary>
    public static string Tell(string user, IReadOnlyList<ExperimentLabel> labels)
    {
        var endings = labels.Select((label, index) => $": {Literal(label.Name.Trim(), index)}").ToList();
        var lines = user.ReplaceLineEndings("\n").Split('\n').ToList();
        var told = lines.FindIndex(IsTelling);
        if (told < 0)
            return $"Answer with what stands before the colon, and nothing else:\n{Lines(labels)}\n\n{user}";
        lines.RemoveAll(IsTelling);
        lines.Insert(told, Lines(labels));
        return string.Join('\n', lines);

        bool IsTelling(string line) => endings.Any(ending => line.EndsWith(ending, StringComparison.Ordinal) && line.Length > ending.Length && !line[..^ending.Length].Contains(' ', StringComparison.Ordinal));
    }

    private static string FirstWord(ExperimentLabel label) => label.EffectiveWords[0].Trim();

    private static string NamesAsked(IReadOnlyList<ExperimentLabel> labels)
    {
        var names = labels.Select((label, index) => Literal(label.Name.Trim(), index)).ToList();
        return names.Count <= MostInASentence && names.All(name => name.Length <= LongestInASentence && !name.Contains(',', StringComparison.Ordinal))
            ? Sentence(names)
            : $"Answer with exactly one of these labels:\n\n{string.Join('\n', names.Select(name => $"- {name}"))}";
    }

    private static string Sentence(IEnumerable<string> words) => $"Answer with exactly one of: {string.Join(", ", words)}.";

    /// <summary>The name as template text; one that would be read as a tag, or breaks a line, is taken from the label list.</summary>
    private static string Literal(string name, int index) =>
        name.AsSpan().IndexOfAny("{}\r\n") < 0 ? name : FormattableString.Invariant($"{{{{ labelList[{index}] }}}}");
}
