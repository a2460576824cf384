using System.Text.RegularExpressions;

namespace LogprobDashboard.DemoModel.Reading;

/// <summary>Decides which words the prompt wants as answers, where it names them in several ways.</summary>
internal static partial class LabelWords
{
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> listed, IReadOnlyList<DefinitionLine> definitions, FoundExamples examples)
    {
        var shown = Distinct(examples.Certain.Select(example => example.Label));
        if (shown.Count == 0 && listed.Count == 0)
            shown = ShownByArrows(examples.Inline);
        var defined = Defined(definitions, listed, shown, examples);
        if (listed.Count >= 2)
            return shown.Count >= 2 && !shown.Any(label => Has(listed, label)) ? shown : Union(listed, shown);
        if (defined.Count >= 2)
            return shown.Count >= 2 && !shown.Any(label => Has(defined, label)) ? shown : Union(defined, shown);
        if (shown.Count >= 2)
            return shown;
        return examples.OtherLines.Any(YesNoQuestion.IsMatch) ? ["Yes", "No"] : shown;
    }

    [GeneratedRegex(@"^\W*(?:question:? )?(?:is|are|does|do|did|was|has|can|should)\b.*\?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YesNoQuestion { get; }

    [GeneratedRegex(@"\b(?:numbers?|digits?|codes?|letters?|options?|index)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AsksForCode { get; }

    /// <summary>"text -> label" lines are examples where the right sides repeat or are shorter than the left ones; else they define.</summary>
    private static List<string> ShownByArrows(IReadOnlyList<PromptExample> arrows)
    {
        var labels = Distinct(arrows.Select(arrow => arrow.Label));
        return labels.Count >= 2 && arrows.Average(arrow => (double)arrow.Text.Length) > arrows.Average(arrow => (double)arrow.Label.Length) ? labels : [];
    }

    private static List<string> Defined(IReadOnlyList<DefinitionLine> definitions, IReadOnlyList<string> listed, List<string> shown, FoundExamples examples)
    {
        var run = definitions.GroupBy(definition => definition.Run).Where(group => group.Count() >= 2)
            .OrderByDescending(group => group.Count(definition => Has(shown, definition.Head) || Has(listed, definition.Head)))
            .ThenByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault();
        if (run is null)
            return [];
        var codes = run.All(definition => definition.CodeOnly);
        var asked = examples.OtherLines.Any(line => AsksForCode.IsMatch(line)) || char.IsLetter(run.First().Head[0]) || run.Any(definition => Has(shown, definition.Head));
        return Distinct(run.Select(definition => codes && !asked ? definition.Body.Split(':', '=', '(')[0].Trim() : definition.Head));
    }

    private static bool Has(IReadOnlyList<string> words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static List<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) => Distinct(first.Concat(second));

    private static List<string> Distinct(IEnumerable<string> words) => [.. words.Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
}
