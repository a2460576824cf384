using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Start;

/// <summary>Changes of a draft that are more than one field.</summary>
public static class Drafting
{
    /// <summary>More labels than this are rarely meant: the column may hold something else. They stay out until they are asked for.</summary>
    public const int MostLabelsAtOnce = 200;

    /// <summary>Takes a dataset and its labels with proposed words. Words that the draft has for a label of that name stay, and so do its labels where the data has none.</summary>
    public static DraftContent Choose(DraftContent content, DatasetRecord dataset)
    {
        var chosen = content with { DatasetId = dataset.Id, DatasetName = dataset.Name, Step = DraftStep.Labels };
        if (dataset.Labels.Count == 0 || dataset.Labels.All(label => content.Labels.Any(draft => draft.Name.Trim() == label.Label)))
            return chosen;
        var proposed = FromData(chosen, dataset);
        return proposed with { Labels = [.. proposed.Labels.Select(label => content.Labels.FirstOrDefault(old => old.Name.Trim() == label.Name) ?? label)] };
    }

    /// <summary>The dataset's labels, the most frequent first, with proposed words, in place of what the draft has.</summary>
    public static DraftContent FromData(DraftContent content, DatasetRecord dataset) => content with
    {
        Labels = Of(LabelWordSuggestions.For([.. dataset.Labels.OrderByDescending(label => label.Count).Take(MostLabelsAtOnce).Select(label => label.Label)]).Labels),
        PositiveLabel = null,
    };

    /// <summary>The data's labels that the draft lacks, at its end.</summary>
    public static DraftContent AddMissing(DraftContent content, DatasetRecord dataset) => content with
    {
        Labels = [.. content.Labels, .. Missing(content, dataset).Select(name => new DraftLabel(name, [name.Trim()]))],
    };

    /// <summary>The data's labels that the draft lacks, the most frequent first.</summary>
    public static IReadOnlyList<string> Missing(DraftContent content, DatasetRecord dataset) =>
        [.. dataset.Labels.OrderByDescending(label => label.Count).Select(label => label.Label).Except(content.Labels.Select(label => label.Name.Trim()), StringComparer.Ordinal)];

    /// <summary>A code for each label: as its word, and in the prompt, whether that is suggested or the person's own.</summary>
    public static DraftContent UseLetterCodes(DraftContent content)
    {
        var coded = LetterCodes.Apply(ToLabels(content));
        return content with
        {
            Labels = Of(coded),
            User = content.User is { } own ? PromptSuggestion.Tell(own, coded) : null,
        };
    }

    /// <summary>The labels' own names, or Yes and No, as words again.</summary>
    public static DraftContent UseProposedWords(DraftContent content) => content with { Labels = Of(LabelWordSuggestions.For([.. content.Labels.Select(label => label.Name.Trim())]).Labels) };

    public static DraftContent Add(DraftContent content, string name) => content with { Labels = [.. content.Labels, new DraftLabel(name.Trim(), [name.Trim()])] };

    public static DraftContent Remove(DraftContent content, int index) => content with { Labels = [.. content.Labels.Where((_, place) => place != index)] };

    /// <summary>One place up or down; at the end of the list nothing changes.</summary>
    public static DraftContent Move(DraftContent content, int index, int by)
    {
        var to = index + by;
        if (index < 0 || index >= content.Labels.Count || to < 0 || to >= content.Labels.Count)
            return content;
        var labels = content.Labels.ToList();
        (labels[index], labels[to]) = (labels[to], labels[index]);
        return content with { Labels = labels };
    }

    public static DraftContent Replace(DraftContent content, int index, DraftLabel label) => content with
    {
        Labels = [.. content.Labels.Select((old, place) => place == index ? label : old)],
        PositiveLabel = content.PositiveLabel is { } positive && positive == content.Labels[index].Name ? label.Name : content.PositiveLabel,
    };

    internal static IReadOnlyList<ExperimentLabel> ToLabels(DraftContent content) => [.. content.Labels.Select(label => label.ToLabel())];

    private static IReadOnlyList<DraftLabel> Of(IReadOnlyList<ExperimentLabel> labels) => [.. labels.Select(label => new DraftLabel(label.Name, label.Words))];
}
