using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>What a Yes stands for: "Is the following SMS message spam?" makes spam the topic, and lines that define spam describe Yes.</summary>
internal static partial class Topics
{
    private static readonly string[] Affirmative = ["yes", "y", "true", "1", "positive"];
    private static readonly string[] Negative = ["no", "n", "false", "0", "negative"];

    /// <summary>The label that affirms, the label that denies, and the topic's words; null where the labels are no Yes and No.</summary>
    public static YesNoTopic? Read(IReadOnlyList<string> lines, PromptReading reading)
    {
        var yes = reading.Labels.FirstOrDefault(label => Affirmative.Contains(label.Word, StringComparer.OrdinalIgnoreCase));
        var no = reading.Labels.FirstOrDefault(label => Negative.Contains(label.Word, StringComparer.OrdinalIgnoreCase));
        if (yes is null || no is null || reading.Labels.Count != 2)
            return null;
        var words = lines.Select(line => Question.Match(line)).Where(match => match.Success).Take(1)
            .SelectMany(match => match.Groups["topic"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => !Filler.IsMatch(word)).ToList();
        if (words.Count > 0)
            yes.Names.Add(string.Join(' ', words));
        return new YesNoTopic(yes, no, words);
    }

    [GeneratedRegex(@"\b(?:is|are|does|do|was|whether|if) (?:it|(?:the|this|that|these|a) (?:(?:following|above|given|sms|text|chat|short|user|customer|incoming) )*\w+)(?: below| above)?(?: (?:is|contain|express|mention|show|an?|about|considered|likely))*(?<topic>(?: [\p{L}\-]+){1,4})\s*(?:[?.,]|$|or )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Question { get; }

    [GeneratedRegex(@"^(?:an?|the|is|or|and|not|in|of|to|any|message|text|sms|following|below|yes|no)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Filler { get; }
}

internal sealed record YesNoTopic(LabelReading Yes, LabelReading No, IReadOnlyList<string> Words);
