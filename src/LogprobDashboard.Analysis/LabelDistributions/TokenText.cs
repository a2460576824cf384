using System.Buffers;
using System.Globalization;
using System.Text;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>
/// The text that a token stands for (definitions, part 1, "normalisation"). From <c>bytes</c> where they are there; NFC; leading tokenizer
/// marks <c>Ġ</c> and <c>▁</c> become a space, <c>Ċ</c> a newline, <c>&lt;0x..&gt;</c> its byte; then white space, opening, closing and
/// quote punctuation and <c>' " * _ : . ,</c> and back-ticks are trimmed from both ends; then simple Unicode case folding.
/// </summary>
public static class TokenText
{
    private const string TrimmedMarks = "'\"*_:.,`";

    /// <summary>Normalises one piece of text, a label word for instance, as if it were a token without bytes. May give the empty string. Never throws for
    /// non-null text.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Normalize(new TokenLogprob(text, null));
    }

    /// <summary>Normalises one token. May give the empty string.</summary>
    public static string Normalize(TokenLogprob token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return FoldTrimmed(Text(token));
    }

    /// <summary>
    /// Normalises several tokens: the raw tokens are joined first (bytes to bytes, so that a character which is split over two tokens is whole
    /// again), each token's own leading marks translated, and the whole is trimmed and folded. The empty string for no token.
    /// </summary>
    public static string Normalize(IEnumerable<TokenLogprob> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var raw = new ArrayBufferWriter<byte>(64);
        foreach (var token in tokens)
            TokenBytes.Append(token, raw);
        return FoldTrimmed(Decode(raw.WrittenSpan));
    }

    /// <summary>
    /// A token's text for people: decoded from its bytes where they are there, leading tokenizer marks translated, NFC; neither trimmed nor
    /// folded. Bytes that are not UTF-8 (part of a character) read as U+FFFD.
    /// </summary>
    public static string Text(TokenLogprob token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var raw = new ArrayBufferWriter<byte>(32);
        TokenBytes.Append(token, raw);
        return Decode(raw.WrittenSpan);
    }

    /// <summary>UTF-8 to NFC text.</summary>
    internal static string Decode(ReadOnlySpan<byte> utf8) => Compose(Encoding.UTF8.GetString(utf8));

    /// <summary>To NFC. U+FFFE, which the framework refuses to normalise, reads as U+FFFD as invalid bytes do.</summary>
    internal static string Compose(string text) => text.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormC);

    /// <summary>Trims and folds text that is decoded already.</summary>
    internal static string FoldTrimmed(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && IsTrimmed(text[end - 1]))
            end--;
        return FoldBegun(text[..end]);
    }

    /// <summary>The same for text that goes on: trimmed at its start alone.</summary>
    internal static string FoldBegun(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsTrimmed(text[start]))
            start++;

        // Upper, then lower, one character to one: what simple case folding makes equal becomes equal (ſ and s, ς and σ, ẞ and ß), ß and ss do not.
        return text[start..].ToString().ToUpperInvariant().ToLowerInvariant();
    }

    private static bool IsTrimmed(char character) =>
        char.IsWhiteSpace(character)
        || TrimmedMarks.Contains(character, StringComparison.Ordinal)
        || char.GetUnicodeCategory(character) is UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation;
}
