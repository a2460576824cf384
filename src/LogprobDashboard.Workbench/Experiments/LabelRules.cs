using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>Checks a label set against itself and against the data.</summary>
internal static class LabelRules
{
    /// <exception cref="UserErrorException">The labels cannot be told apart at all, or are not there.</exception>
    public static IReadOnlyList<ExperimentLabel> Check(IReadOnlyList<ExperimentLabel>? labels, DatasetRecord dataset)
    {
        if (labels is not { Count: > 0 })
            labels = [.. dataset.Labels.Select(label => new ExperimentLabel(label.Label))];
        if (labels.Count == 0)
            throw UserErrorException.Field("labels", "The experiment has no labels.", "The dataset has no label column to take them from: give at least two labels.");
        if (labels.Any(label => label is null || label.Words?.Any(word => word is null) == true))
            throw UserErrorException.Field("labels", "A label or a label word is null.", "Give each label as {\"name\": …, \"words\": […]}.");
        labels = [.. labels.Select(label => label with { Name = label.Name?.Trim() ?? "", Words = label.Words is { Count: > 0 } words ? [.. words] : null })];
        var problems = LabelSet.Check(labels.Select(label => new LabelDefinition(label.Name, label.Words ?? [])));
        return problems.Count == 0
            ? labels
            : throw new UserErrorException(
                UserErrorKind.Impossible,
                "These labels cannot be used.",
                string.Join(" ", problems.Select(problem => problem.Message)),
                new Dictionary<string, string[]> { ["labels"] = [.. problems.Select(problem => problem.Message)] });
    }

    public static string PositiveLabel(string? given, IReadOnlyList<ExperimentLabel> labels, DatasetRecord dataset)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return labels.FirstOrDefault(label => label.Name == given.Trim())?.Name
                ?? throw UserErrorException.Field("positiveLabel", $"\"{given}\" is not one of the labels.", $"Use one of {string.Join(", ", labels.Select(label => label.Name))}.");
        }

        return labels.Count == 2 && Count(labels[1].Name) < Count(labels[0].Name) ? labels[1].Name : labels[0].Name;

        int Count(string name) => dataset.Labels.FirstOrDefault(label => label.Label == name)?.Count ?? 0;
    }

    public static IReadOnlyList<ExperimentWarning> Warnings(IReadOnlyList<ExperimentLabel> labels, DatasetRecord? dataset, int answerTokens)
    {
        var warnings = new List<ExperimentWarning>();
        var set = new LabelSet(labels.Select(label => new LabelDefinition(label.Name, label.Words ?? [])));
        warnings.AddRange(set.Clashes.Select(clash => new ExperimentWarning("labelWordsAlike", Describe(clash, answerTokens))));
        if (dataset is null)
            return warnings;
        var foreign = dataset.Labels.Where(label => set.IndexOf(label.Label) < 0).ToList();
        if (foreign.Count > 0)
            warnings.Add(new ExperimentWarning("labelsNotInSet", FormattableString.Invariant($"{foreign.Sum(label => label.Count)} rows carry a label that is not in the set ({string.Join(", ", foreign.Take(5).Select(label => label.Label))}{(foreign.Count > 5 ? ", …" : "")}): they are run and left out of the metrics.")));
        var unlabeled = dataset.RowCount - dataset.Labels.Sum(label => label.Count);
        if (unlabeled > 0 && dataset.Labels.Count < ValueCounts.MostValues) // a longer list of labels is cut, and its sum says nothing
            warnings.Add(new ExperimentWarning("rowsWithoutLabel", FormattableString.Invariant($"{unlabeled} rows carry no label: they are run and left out of the metrics.")));
        var unseen = labels.Where(label => dataset.Labels.All(count => count.Label != label.Name)).Select(label => label.Name).ToList();
        if (unseen.Count > 0 && dataset.Labels.Count > 0)
            warnings.Add(new ExperimentWarning("labelsWithoutRows", $"No row carries {string.Join(", ", unseen)}: nothing can be measured for that. Check the spelling against the data's labels."));
        return warnings;
    }

    private static string Describe(LabelWordClash clash, int answerTokens)
    {
        var pair = $"\"{clash.FirstWord}\" ({clash.FirstLabel}) and \"{clash.SecondWord}\" ({clash.SecondLabel}) both begin with \"{clash.CommonPrefix}\"";
        return answerTokens > 1
            ? $"{pair}: with {answerTokens} answer tokens they are told apart only along the generated path. Letter codes (A, B, C …) as label words are surer."
            : $"{pair}, and one answer token may not tell them apart. Use letter codes (A, B, C …) as label words and name them in the prompt, or set more answer tokens at the endpoint.";
    }
}
