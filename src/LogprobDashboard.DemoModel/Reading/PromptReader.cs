namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Reads a prompt: examples first, then the label words, then what is said of each label.</summary>
internal static class PromptReader
{
    public static PromptReading Read(PromptFrame frame)
    {
        var examples = ExampleFinder.Find(frame.Messages);
        var definitions = DefinitionFinder.Find(examples.OtherLines);
        var listed = LabelListFinder.Find(WithoutBodies(examples.OtherLines, definitions));
        var words = LabelWords.Choose(listed, definitions, examples);
        var reading = new PromptReading([.. words.Select(word => new LabelReading(word))]);

        foreach (var example in examples.Certain.Concat(examples.Inline))
            reading.Find(example.Label)?.Examples.Add(example.Text);
        var topic = Topics.Read(examples.OtherLines, reading);
        Definitions.Assign(definitions, topic, reading);
        Instructions.Read(examples.OtherLines, reading);
        HeadedExamples.Read(examples.OtherLines, reading);
        return reading;
    }

    /// <summary>Of lines that define several heads only the heads: what a body says ("reply with a code or a number") lists no labels.</summary>
    private static List<string> WithoutBodies(IReadOnlyList<string> lines, IReadOnlyList<DefinitionLine> definitions)
    {
        var kept = lines.ToList();
        foreach (var run in definitions.GroupBy(definition => definition.Run).Where(run => run.Count() >= 2))
        {
            foreach (var definition in run)
                kept[definition.Line] = $"- {(definition.CodeOnly ? $"{definition.Head}. {definition.Body}" : definition.Head)}";
        }

        return kept;
    }
}
