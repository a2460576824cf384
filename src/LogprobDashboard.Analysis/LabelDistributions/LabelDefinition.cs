namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>A label and its label words (its <em>verbalizer</em>): the surface forms that stand for it.</summary>
/// <param name="Name">The label as it stands in the data.</param>
/// <param name="Words">The label words; empty (or null, which is read as empty): the name itself is the one word.</param>
public sealed record LabelDefinition(string Name, IReadOnlyList<string> Words)
{
    /// <summary>The label words as given; empty where the name itself is the one word. Never null.</summary>
    public IReadOnlyList<string> Words { get; init; } = Words ?? [];

    /// <summary>The label words that count: <see cref="Words"/>, or the name alone where there are none.</summary>
    public IReadOnlyList<string> EffectiveWords() => Words.Count > 0 ? Words : [Name];
}

/// <summary>What keeps a list of labels from being a <see cref="LabelSet"/>.</summary>
/// <param name="Label">The label at fault; empty where the fault is the list's.</param>
/// <param name="Word">The label word at fault, null where the fault is not a word's.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record LabelSetProblem(string Label, string? Word, string Message);

/// <summary>Two label words of different labels that one token may not tell apart.</summary>
/// <param name="FirstLabel">The label that comes first in the set.</param>
/// <param name="FirstWord">Its word, as given.</param>
/// <param name="SecondLabel">The other label.</param>
/// <param name="SecondWord">Its word, as given.</param>
/// <param name="CommonPrefix">What both words begin with, normalised; never empty.</param>
public sealed record LabelWordClash(string FirstLabel, string FirstWord, string SecondLabel, string SecondWord, string CommonPrefix);
