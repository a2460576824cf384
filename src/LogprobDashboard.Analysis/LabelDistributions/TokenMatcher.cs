using System.Buffers;
using System.Text;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>Matches tokens, alone or after the generated path before them, against the label words. Thread-safe.</summary>
internal sealed class TokenMatcher
{
    private const int StackLimit = 256;

    private readonly LabelWordIndex _words;
    private readonly MatchCache _tokens;
    private readonly MatchCache _paths;

    public TokenMatcher(LabelWordIndex words)
    {
        _words = words;
        _tokens = new(words, TokenText.Normalize);
        _paths = new(words, text => TokenText.FoldTrimmed(TokenText.Compose(text)));
    }

    public TokenMatch Match(TokenLogprob token) =>
        token.Utf8Bytes is not { Length: > 0 } bytes || IsAscii(token.Token, bytes.Span)
            ? _tokens.Match(token.Token)
            : MatchUtf8(bytes.Span, _tokens);

    /// <summary>Matches the joined text of a path that ends here.</summary>
    /// <param name="path">The path's bytes, leading marks of each token translated.</param>
    public TokenMatch Match(ReadOnlySpan<byte> path) => MatchUtf8(path, _paths);

    /// <summary>Matches the joined text of a path and the token after it.</summary>
    /// <param name="path">The path's bytes, leading marks of each token translated.</param>
    /// <param name="token">The token.</param>
    public TokenMatch Match(ReadOnlySpan<byte> path, TokenLogprob token)
    {
        var joined = new ArrayBufferWriter<byte>(path.Length + 32);
        joined.Write(path);
        TokenBytes.Append(token, joined);
        return MatchUtf8(joined.WrittenSpan, _paths);
    }

    private TokenMatch MatchUtf8(ReadOnlySpan<byte> utf8, MatchCache cache)
    {
        var part = PartOfCharacter(utf8);
        if (part.Length > 0)
            return _words.MatchPart(TokenText.FoldBegun(TokenText.Decode(utf8[..^part.Length])), part);
        if (utf8.Length > StackLimit)
            return cache.Match(Encoding.UTF8.GetString(utf8));
        Span<char> text = stackalloc char[StackLimit];
        return cache.Match(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    /// <summary>The bytes at the end that begin a character without ending it: servers cut some characters into several tokens. Empty for most.</summary>
    private static ReadOnlySpan<byte> PartOfCharacter(ReadOnlySpan<byte> utf8)
    {
        for (var length = 1; length <= Math.Min(3, utf8.Length); length++)
            if (Rune.DecodeFromUtf8(utf8[^length..], out _, out _) == OperationStatus.NeedMoreData)
                return utf8[^length..];
        return [];
    }

    /// <summary>The bytes are the text's own, and plain ASCII: the usual case, for which nothing needs decoding.</summary>
    private static bool IsAscii(string text, ReadOnlySpan<byte> bytes) => Ascii.Equals(bytes, text);
}
