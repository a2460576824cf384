using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Start;

/// <summary>Why label words were suggested as they are.</summary>
public enum SuggestedWords
{
    /// <summary>The label's own name.</summary>
    Names,

    /// <summary>Two labels that answer a question: Yes and No, True and False.</summary>
    YesNo,

    /// <summary>The names cannot serve as label words, as "..." or "Spam" beside "spam": a letter each.</summary>
    LetterCodes,
}

/// <summary>Labels with a first proposal of their label words.</summary>
public sealed record LabelSuggestion(SuggestedWords Kind, IReadOnlyList<ExperimentLabel> Labels);

/// <summary>Proposes label words by the labels' names.</summary>
public static class LabelWordSuggestions
{
    private static readonly (string Yes, string No, string YesWord, string NoWord)[] Pairs =
    [
        ("yes", "no", "Yes", "No"),
        ("y", "n", "Yes", "No"),
        ("1", "0", "Yes", "No"),
        ("true", "false", "True", "False"),
        ("t", "f", "True", "False"),
    ];

    private static readonly string[] Negations = ["not", "non", "no"];

    public static LabelSuggestion For(IReadOnlyList<string> names)
    {
        if (names.Count == 2 && (YesNo(names[0], names[1]) ?? Reversed(YesNo(names[1], names[0]))) is var (first, second))
            return new LabelSuggestion(SuggestedWords.YesNo, [new(names[0], [first]), new(names[1], [second])]);
        var own = names.Select(name => new ExperimentLabel(name, [name.Trim()])).ToList();
        var usable = LabelSet.Check(own.Append(new("\uE000", ["\uE000"])).Select(label => new LabelDefinition(label.Name, label.Words ?? []))).All(problem => problem.Word is null);
        return usable || names.Count > LetterCodes.Most
            ? new LabelSuggestion(SuggestedWords.Names, own)
            : new LabelSuggestion(SuggestedWords.LetterCodes, LetterCodes.Apply(own));
    }

    /// <summary>The words of "toxic" and "not toxic", of 1 and 0; null where the two are no such pair in this order.</summary>
    private static (string First, string Second)? YesNo(string first, string second)
    {
        var (yes, no) = (TokenText.Normalize(first), TokenText.Normalize(second));
        foreach (var pair in Pairs)
        {
            if (yes == pair.Yes && no == pair.No)
                return (pair.YesWord, pair.NoWord);
        }

        return yes.Length > 0 && IsNegationOf(no, yes) ? ("Yes", "No") : null;
    }

    private static (string First, string Second)? Reversed((string First, string Second)? pair) => pair is var (first, second) ? (second, first) : null;

    /// <summary>"not spam", "non-spam", "no_spam".</summary>
    private static bool IsNegationOf(string text, string name) => Negations.Any(negation =>
        text.Length > negation.Length + 1
        && text.StartsWith(negation, StringComparison.Ordinal)
        && text[negation.Length] is ' ' or '-' or '_'
        && text.AsSpan(negation.Length + 1).SequenceEqual(name));
}
