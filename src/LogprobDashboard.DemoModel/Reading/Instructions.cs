using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Sentences that say when to give an answer: "Answer Yes if it advertises something", "B stands for bug reports", "if in doubt, return No".</summary>
internal static partial class Instructions
{
    private const double InDoubt = 1;
    private const double OnlyIf = 0.3;

    public static void Read(IReadOnlyList<string> lines, PromptReading reading)
    {
        foreach (var sentence in Sentences(lines))
        {
            foreach (var label in reading.Labels)
                Read(sentence, label);
        }
    }

    [GeneratedRegex(@"\b(?:doubt|unsure|uncertain|not sure|unclear|ambiguous|cannot tell|can't tell|cannot decide)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Doubt { get; }

    private static void Read(string sentence, LabelReading label)
    {
        var word = $"[\"'`“*]{{0,3}}{Regex.Escape(label.Word)}[\"'`”*]{{0,3}}";
        const string Verbs = @"\b(?i:answer|return|reply|respond|say|output|write|use|choose|pick|label|select|give|assign|prefer)(?i: with| it| as| the label| only)*\s+";
        if (Doubt.IsMatch(sentence))
        {
            if (Regex.IsMatch(sentence, Verbs + word + @"(?!\w)", RegexOptions.CultureInvariant))
                label.Preference += InDoubt;
            return;
        }

        var when = Regex.Match(sentence, Verbs + word + @"\s+(?<only>(?i:only )?)(?i:if|when|where|for|to)\s+(?<body>.+)$", RegexOptions.CultureInvariant);
        if (!when.Success)
            when = Regex.Match(sentence, "^\\s*" + word + @"\s+(?<only>)(?i:means|stands for|is for|indicates|covers|refers to|includes)\s+(?<body>.+)$", RegexOptions.CultureInvariant);
        if (!when.Success)
            return;
        if (when.Groups["only"].Length > 0)
            label.Preference -= OnlyIf;
        label.Descriptions.Add(when.Groups["body"].Value);
    }

    /// <summary>Sentences of each paragraph: lines of a paragraph are joined, because prompts wrap their sentences; bullets and definitions stay apart.</summary>
    private static List<string> Sentences(IReadOnlyList<string> lines)
    {
        var paragraphs = new List<string> { "" };
        foreach (var line in lines)
        {
            if (string.IsNullOrWhiteSpace(line) || paragraphs[^1].EndsWith(':'))
                paragraphs.Add(line.Trim());
            else
                paragraphs[^1] = $"{paragraphs[^1]} {line.Trim()}";
        }

        return [.. paragraphs.SelectMany(paragraph => SentenceEnd.Split(paragraph)).Where(sentence => sentence.Length > 0)];
    }

    [GeneratedRegex(@"(?<=[.!?;])\s+|\s+(?=[-*•]\s)|,?\s+(?:and|otherwise|else|but),?\s+(?=(?:answer|return|reply|respond|say|output|write|use|choose|pick)\b)|,\s+(?=(?:answer|return|reply|respond|say|output|write|use|choose|pick)\s\S+\s(?:if|when|for)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd { get; }
}
