using System.Text;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>The label words of a set, normalised, and the match of a text against them. Immutable.</summary>
internal sealed class LabelWordIndex
{
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly (string Word, int Label)[] _words;

    public LabelWordIndex(LabelSet labels)
    {
        for (var label = 0; label < labels.Count; label++)
            foreach (var word in labels.Labels[label].EffectiveWords())
                _labels.TryAdd(TokenText.Normalize(word), label);
        _words = [.. _labels.Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>The label of which the text is a word, -1 where there is none.</summary>
    public int WordOf(string normalized) => _labels.GetValueOrDefault(normalized, TokenMatch.None);

    public TokenMatch Match(string normalized)
    {
        if (normalized.Length == 0)
            return new(TokenMatch.None, TokenMatch.None, IsEmpty: true);

        var word = WordOf(normalized);
        var prefix = BegunBy(normalized, []);
        if (word == TokenMatch.None)
            return new(prefix, prefix, IsEmpty: false);

        var beginsAnother = prefix != TokenMatch.None && prefix != word;
        return new(word, beginsAnother ? TokenMatch.Ambiguous : word, IsEmpty: false);
    }

    /// <summary>Matches a text that ends within a character: it can only be the beginning of words.</summary>
    /// <param name="normalized">What stands before that character.</param>
    /// <param name="part">The character's first bytes.</param>
    public TokenMatch MatchPart(string normalized, ReadOnlySpan<byte> part)
    {
        var label = BegunBy(normalized, part);
        return new(label, label, IsEmpty: false);
    }

    /// <summary>The one label of whose words this is a proper prefix, or none, or ambiguous.</summary>
    private int BegunBy(string normalized, ReadOnlySpan<byte> part)
    {
        var found = TokenMatch.None;
        foreach (var (word, label) in _words)
        {
            if (word.Length <= normalized.Length || label == found || !word.StartsWith(normalized, StringComparison.Ordinal))
                continue;
            if (!part.IsEmpty && !Encoding.UTF8.GetBytes(word[normalized.Length..]).AsSpan().StartsWith(part))
                continue;
            if (found != TokenMatch.None)
                return TokenMatch.Ambiguous;
            found = label;
        }

        return found;
    }
}
