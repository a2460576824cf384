namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Gives each definition line to its label: by the label word, by what the word stands for, or (for Yes and No) by the topic of the question.</summary>
internal static class Definitions
{
    public static void Assign(IReadOnlyList<DefinitionLine> definitions, YesNoTopic? topic, PromptReading reading)
    {
        foreach (var definition in definitions)
        {
            if (reading.Find(definition.Head) is { } label)
                Describe(label, definition);
            else if (reading.Find(Cues.TrimLabel(definition.Body.Split(':', '=', '(')[0])) is { } named && definition.CodeOnly)
                Describe(named, definition);
            else if (topic is not null && !definition.CodeOnly)
                DescribeByTopic(topic, definition, definitions);
        }
    }

    private static void Describe(LabelReading label, DefinitionLine definition)
    {
        // "Yes: \"Win a prize now\"" shows a text of the label; it does not describe one.
        var unquoted = Cues.Unquote(definition.Body);
        if (unquoted.Length < definition.Body.Length && unquoted.IndexOfAny(['"', '“', '”']) < 0)
            label.Examples.Add(unquoted);
        else
            label.Descriptions.Add(definition.Body);
    }

    private static void DescribeByTopic(YesNoTopic topic, DefinitionLine definition, IReadOnlyList<DefinitionLine> all)
    {
        if (IsAbout(definition, topic))
            Describe(IsDenied(definition.Head) ? topic.No : topic.Yes, definition);
        else if (all.Any(other => other.Run == definition.Run && other != definition && IsAbout(other, topic)))
            Describe(topic.No, definition);
    }

    private static bool IsAbout(DefinitionLine definition, YesNoTopic topic) =>
        topic.Words.Any(word => definition.Head.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsDenied(string head) =>
        head.StartsWith("not ", StringComparison.OrdinalIgnoreCase) || head.StartsWith("non", StringComparison.OrdinalIgnoreCase) || head.StartsWith("no ", StringComparison.OrdinalIgnoreCase);
}
