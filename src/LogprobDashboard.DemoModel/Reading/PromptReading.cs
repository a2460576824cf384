namespace LogprobDashboard.DemoModel.Reading;

/// <summary>A text that the prompt shows with its label.</summary>
internal sealed record PromptExample(string Text, string Label);

/// <summary>What a prompt says of one label: its word, the phrases that describe it, its example texts, and how strongly it asks for it when in doubt.</summary>
internal sealed class LabelReading(string word)
{
    public string Word { get; } = word;

    /// <summary>Other names: what a letter code or a Yes stands for.</summary>
    public List<string> Names { get; } = [];

    public List<string> Descriptions { get; } = [];

    public List<string> Examples { get; } = [];

    /// <summary>Log odds that instructions such as "if in doubt, answer No" add.</summary>
    public double Preference { get; set; }

    public bool Is(string text) => string.Equals(Word, text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>All that a prompt teaches; the labels are in the order in which the prompt lists them.</summary>
internal sealed record PromptReading(IReadOnlyList<LabelReading> Labels)
{
    public LabelReading? Find(string label) => Labels.FirstOrDefault(known => known.Is(label));
}
