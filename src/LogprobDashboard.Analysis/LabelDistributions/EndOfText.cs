using System.Buffers;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>
/// Tokens with which a generated text ends. They stand for no text, and nothing follows them, so after an ambiguous path they leave the text as it is and
/// make its last position of it: "1", then the end, is the label 1 and not the beginning of 10. Servers show them in three ways: as a mark between bars
/// (<c>&lt;|eot_id|&gt;</c>, <c>&lt;|im_end|&gt;</c>, with full-width bars too), as a tag (<c>&lt;/s&gt;</c>, <c>&lt;eos&gt;</c>, <c>&lt;end_of_turn&gt;</c>), or
/// as an empty token.
/// </summary>
internal static class EndOfText
{
    private static readonly SearchValues<char> Bars = SearchValues.Create("|｜");

    private static readonly HashSet<string> Tags = new(StringComparer.OrdinalIgnoreCase) { "</s>", "<eos>", "<end_of_turn>", "<eos_token>", "[EOS]" };

    /// <summary>True for such a token. A token that is empty in its text but carries bytes is part of a character.</summary>
    public static bool Is(TokenLogprob token)
    {
        var text = token.Token.AsSpan().Trim();
        if (text.IsEmpty)
            return token.Token.Length == 0 && token.Utf8Bytes is not { Length: > 0 };
        return (text is ['<', var first, .., var last, '>'] && Bars.Contains(first) && Bars.Contains(last)) || Tags.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
    }
}
