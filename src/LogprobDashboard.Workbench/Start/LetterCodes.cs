using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Start;

/// <summary>
/// Label words that one token tells apart: A to Z; with more than 26 labels two letters each (AA, AB, …), then three. All codes of a set have the same length,
/// so that none begins another, and no two share three letters. Most models read two capital letters as one token; one that cuts them in two needs two answer tokens.
/// </summary>
public static class LetterCodes
{
    public const int MostOfOneLetter = 26;

    /// <summary>Words that an answer may begin with whatever the label is: "NO", "OK", "IT IS …".</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "AM", "AN", "AS", "AT", "BE", "BY", "DO", "GO", "HE", "IF", "IN", "IS", "IT", "ME", "MY", "NO", "OF", "OH", "OK", "ON", "OR", "SO", "TO", "UP", "US", "WE",
    };

    /// <summary>More labels than there are codes.</summary>
    public const int Most = 26 * 26 * 26;

    private static int MostOfTwoLetters => (26 * 26) - Words.Count;

    /// <summary>So many codes, in alphabetical order.</summary>
    public static IReadOnlyList<string> For(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        return [.. OfLength(LengthFor(count)).Take(count)];
    }

    /// <summary>The labels with a code each as their only label word.</summary>
    public static IReadOnlyList<ExperimentLabel> Apply(IReadOnlyList<ExperimentLabel> labels) =>
        [.. labels.Zip(For(labels.Count), (label, code) => label with { Words = [code] })];

    /// <summary>How many tokens a model may need for a code of a set of so many labels.</summary>
    public static int AnswerTokensFor(int count) => LengthFor(count);

    /// <summary>Whether each label's only word is a code of one length.</summary>
    public static bool AreUsedBy(IReadOnlyList<ExperimentLabel> labels) =>
        labels.Count > 0
        && labels.All(label => label.Words is [var word] && IsCode(word) && word.Length == labels[0].Words![0].Length)
        && LabelSet.Check(labels.Select(label => new LabelDefinition(label.Name, label.Words ?? []))).Count == 0;

    private static bool IsCode(string word) => word.Length is >= 1 and <= 3 && word.All(char.IsAsciiLetterUpper) && !Words.Contains(word);

    private static int LengthFor(int count) => count <= MostOfOneLetter ? 1 : count <= MostOfTwoLetters ? 2 : 3;

    private static IEnumerable<string> OfLength(int length)
    {
        IEnumerable<string> codes = [""];
        for (var letter = 0; letter < length; letter++)
            codes = codes.SelectMany(_ => Enumerable.Range('A', MostOfOneLetter), (begun, next) => begun + (char)next);
        return codes.Where(code => !Words.Contains(code));
    }
}
