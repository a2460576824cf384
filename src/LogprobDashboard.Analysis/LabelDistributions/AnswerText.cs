using System.Buffers;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Reads generated text as a label: by its first word, and by as many more words as a label word of several words needs.</summary>
internal sealed class AnswerText
{
    private readonly LabelWordIndex _words;
    private readonly int _longest;

    public AnswerText(LabelSet labels, LabelWordIndex words)
    {
        _words = words;
        _longest = labels.Labels.SelectMany(label => label.EffectiveWords()).Max(word => Ends(TokenText.Normalize(word)).Count());
    }

    /// <summary>The label, or null where the text reads as none.</summary>
    public int? Read(string answer)
    {
        if (_words.WordOf(TokenText.Normalize(answer)) is var whole and >= 0)
            return whole;

        // The longest run of words that is a label word; else the first that begins the words of one label only.
        int? equal = null, begun = null;
        var ambiguous = true;
        var words = 0;
        foreach (var end in Ends(answer))
        {
            var text = TokenText.Normalize(answer[..end]);
            if (text.Length == 0)
                continue;
            if (_words.WordOf(text) is var label and >= 0)
                equal = label;
            var match = _words.Match(text).Alone;
            if (ambiguous && match >= 0)
                begun ??= match;
            ambiguous &= match == TokenMatch.Ambiguous;
            if (++words == _longest)
                break;
        }

        return equal ?? begun;
    }

    /// <summary>Where the text's words end.</summary>
    private static IEnumerable<int> Ends(string text)
    {
        for (var end = 1; end <= text.Length; end++)
            if (!char.IsWhiteSpace(text[end - 1]) && (end == text.Length || char.IsWhiteSpace(text[end])))
                yield return end;
    }

    /// <summary>What the positions generated, tokenizer marks translated and the mark of the end left out.</summary>
    public static string Join(IReadOnlyList<AnswerPosition> positions)
    {
        var raw = new ArrayBufferWriter<byte>(64);
        for (var place = 0; place < positions.Count; place++)
            if (place == 0 || !EndOfText.Is(positions[place].Chosen))
                TokenBytes.Append(positions[place].Chosen, raw);
        return TokenText.Decode(raw.WrittenSpan);
    }
}
