namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>The labels of an experiment, in its order, two or more, with label words that tell them apart. Cannot be built wrong. Immutable.</summary>
public sealed class LabelSet
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    /// <summary>Builds the set.</summary>
    /// <param name="labels">The labels, in the order that breaks ties and orders every table.</param>
    /// <exception cref="ArgumentException"><see cref="Check"/> finds a problem; the message is the first one's.</exception>
    public LabelSet(IEnumerable<LabelDefinition> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = [.. labels];
        if (Check(Labels) is [var problem, ..])
            throw new ArgumentException(problem.Message, nameof(labels));

        for (var index = 0; index < Labels.Count; index++)
            _indexes.Add(Labels[index].Name, index);
        Clashes = LabelWordClashes.Find(Labels);
    }

    /// <summary>The labels in order.</summary>
    public IReadOnlyList<LabelDefinition> Labels { get; }

    /// <summary>How many labels, at least 2.</summary>
    public int Count => Labels.Count;

    /// <summary>
    /// Pairs of label words of different labels that one token may not tell apart: one begins with the other, they share their first word
    /// (separated by white space), or their first 3 characters or more. All on normalised words; one entry a pair of words; empty where there is none.
    /// More answer tokens, or label words such as letters, resolve them.
    /// </summary>
    public IReadOnlyList<LabelWordClash> Clashes { get; }

    /// <summary>The label's place in <see cref="Labels"/>, -1 where there is no such label. Names are compared exactly (ordinal).</summary>
    public int IndexOf(string name) => name is not null && _indexes.TryGetValue(name, out var index) ? index : -1;

    /// <summary>
    /// Every reason why these labels make no set, in label order; empty where they make one: fewer than two labels, an empty or duplicate name, a label
    /// word that normalises to nothing, a label word that belongs to two labels (compared normalised).
    /// A word given twice for the same label is no problem. Never throws for a non-null list.
    /// </summary>
    public static IReadOnlyList<LabelSetProblem> Check(IEnumerable<LabelDefinition> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var list = labels.ToList();
        var problems = new List<LabelSetProblem>();
        if (list.Count < 2)
            problems.Add(new("", null, $"A label set needs at least two labels; {(list.Count == 0 ? "none was" : "one was")} given."));

        var names = new HashSet<string>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in list)
        {
            if (string.IsNullOrWhiteSpace(label?.Name))
                problems.Add(new("", null, "A label has no name."));
            else if (!names.Add(label.Name))
                problems.Add(new(label.Name, null, $"The label \"{label.Name}\" is listed twice."));
            else
                CheckWords(label, owners, problems);
        }

        return problems;
    }

    private static void CheckWords(LabelDefinition label, Dictionary<string, string> owners, List<LabelSetProblem> problems)
    {
        foreach (var word in label.EffectiveWords())
        {
            var normalized = TokenText.Normalize(word ?? "");
            if (normalized.Length == 0)
                problems.Add(new(label.Name, word, $"The label word \"{word}\" of \"{label.Name}\" is empty once white space and punctuation are trimmed."));
            else if (!owners.TryAdd(normalized, label.Name) && owners[normalized] != label.Name)
                problems.Add(new(label.Name, word, $"The label word \"{word}\" belongs to both \"{owners[normalized]}\" and \"{label.Name}\"."));
        }
    }
}
