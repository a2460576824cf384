using System.Buffers;
using System.Text;

namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>A token's raw UTF-8, with its leading tokenizer marks translated.</summary>
internal static class TokenBytes
{
    /// <summary>The marks in UTF-8, composed and decomposed (NFC composes the second kind), and the byte that each stands for.</summary>
    private static readonly (byte[] Mark, byte Meaning)[] Marks =
    [
        ("Ġ"u8.ToArray(), (byte)' '),
        ("G\u0307"u8.ToArray(), (byte)' '),
        ("▁"u8.ToArray(), (byte)' '),
        ("Ċ"u8.ToArray(), (byte)'\n'),
        ("C\u0307"u8.ToArray(), (byte)'\n'),
    ];

    /// <summary>Appends the token's bytes (where sent; else its text in UTF-8, lone surrogates as U+FFFD), leading marks translated.</summary>
    public static void Append(TokenLogprob token, ArrayBufferWriter<byte> target)
    {
        if (token.Utf8Bytes is { Length: > 0 } bytes)
        {
            AppendTranslated(bytes.Span, target);
            return;
        }

        var raw = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Token.Length));
        var length = Encoding.UTF8.GetBytes(token.Token, raw);
        AppendTranslated(raw.AsSpan(0, length), target);
        ArrayPool<byte>.Shared.Return(raw);
    }

    private static void AppendTranslated(ReadOnlySpan<byte> raw, ArrayBufferWriter<byte> target)
    {
        while (TryReadMark(raw, out var meaning, out var length))
        {
            target.Write([meaning]);
            raw = raw[length..];
        }

        target.Write(raw);
    }

    private static bool TryReadMark(ReadOnlySpan<byte> raw, out byte meaning, out int length)
    {
        foreach (var (mark, stands) in Marks)
        {
            if (!raw.StartsWith(mark))
                continue;
            (meaning, length) = (stands, mark.Length);
            return true;
        }

        // <0x0A>: a byte that has no token of its own.
        length = 6;
        if (raw.Length >= length && raw.StartsWith("<0x"u8) && raw[5] == '>'
            && HexDigit(raw[3]) is var high and >= 0 && HexDigit(raw[4]) is var low and >= 0)
        {
            meaning = (byte)((high << 4) | low);
            return true;
        }

        (meaning, length) = (0, 0);
        return false;
    }

    private static int HexDigit(byte character) => char.IsAsciiHexDigit((char)character)
        ? Convert.ToInt32(((char)character).ToString(), 16)
        : -1;
}
