namespace LogprobDashboard.Analysis.LabelDistributions;

internal static class LabelWordClashes
{
    private const int LongCommonPrefix = 3;

    private sealed record LabelWord(int Label, string Word, string Normalized);

    public static IReadOnlyList<LabelWordClash> Find(IReadOnlyList<LabelDefinition> labels)
    {
        var words = labels
            .SelectMany((label, index) => label.EffectiveWords()
                .Select(word => new LabelWord(index, word, TokenText.Normalize(word)))
                .DistinctBy(word => word.Normalized))
            .ToList();
        var clashes = new List<LabelWordClash>();
        for (var i = 0; i < words.Count; i++)
            for (var j = i + 1; j < words.Count; j++)
                if (words[i].Label != words[j].Label && CommonPrefix(words[i].Normalized, words[j].Normalized) is { } prefix)
                    clashes.Add(new(labels[words[i].Label].Name, words[i].Word, labels[words[j].Label].Name, words[j].Word, prefix));
        return clashes;
    }

    /// <summary>What both begin with, null where that is too little to confuse them.</summary>
    private static string? CommonPrefix(string first, string second)
    {
        var length = first.AsSpan().CommonPrefixLength(second);
        if (length > 0 && char.IsHighSurrogate(first[length - 1]))
            length--;
        var clash = length == first.Length || length == second.Length
            || length >= LongCommonPrefix
            || FirstWord(first).SequenceEqual(FirstWord(second));
        return clash ? first[..length] : null;
    }

    private static ReadOnlySpan<char> FirstWord(string text)
    {
        for (var end = 0; end < text.Length; end++)
            if (char.IsWhiteSpace(text[end]))
                return text.AsSpan(0, end);
        return text;
    }
}
