using System.Globalization;
using System.Text;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>What a file's bytes are to be read as.</summary>
internal sealed record DetectedEncoding(TextFile File, string Name, ImportWarning? Warning);

/// <summary>
/// A byte order mark decides; else what was given; else UTF-16 where zero bytes stand at every other place; else UTF-8 where the whole file is valid; else Windows-1252.
/// </summary>
internal static class EncodingDetection
{
    private const int HeadBytes = 64 * 1024;

    /// <summary>A text that is not UTF-8 holds next to no valid sequence by chance; a damaged UTF-8 text holds many for each invalid one.</summary>
    private const int DamagedRatio = 10;

    static EncodingDetection() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static DetectedEncoding Detect(StagedFile file, string? given, CancellationToken cancellationToken)
    {
        var head = Head(file);
        var mark = ByteOrderMark(head);
        var promised = mark?.Encoding ?? Given(given);
        if (promised is null || promised.CodePage is not (1200 or 1201 or 12000 or 12001))
            FileSignature.Refuse(head);
        var encoding = promised ?? WithoutMark(head);
        var preamble = mark?.Bytes ?? 0;
        if (encoding.CodePage != Encoding.UTF8.CodePage)
            return new DetectedEncoding(new TextFile(file, encoding, preamble), Name(encoding, mark is not null), null);

        var census = Utf8Census.Take(file, preamble, cancellationToken);
        if (census.Zeros > 0)
            throw FileSignature.Binary();
        if (census.Invalid is null)
            return new DetectedEncoding(new TextFile(file, encoding, preamble), Name(encoding, mark is not null), null);
        if (promised is not null || census.ValidSequences > DamagedRatio * census.InvalidBytes)
            throw InvalidUtf8(census.Invalid.Value, promised is not null);
        var fallback = Strict("windows-1252");
        return new DetectedEncoding(new TextFile(file, fallback, 0), fallback.WebName, new ImportWarning(
            "encodingAssumed",
            "The file is not UTF-8 and was read as Windows-1252. If letters look wrong, import it with the encoding that it really has (windows-1251, iso-8859-2, shift_jis …)."));
    }

    private static byte[] Head(StagedFile file)
    {
        using var stream = file.Open();
        var head = new byte[Math.Min(HeadBytes, file.Bytes)];
        stream.ReadExactly(head);
        return head;
    }

    private static (Encoding Encoding, int Bytes)? ByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Strict("utf-8"), 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Strict("utf-32"), 4),
        [0xFF, 0xFE, ..] => (Strict("utf-16"), 2),
        [0xFE, 0xFF, ..] => (Strict("utf-16BE"), 2),
        _ => null,
    };

    private static Encoding? Given(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        try
        {
            return Strict(name.Trim().ToLowerInvariant() is "utf-16le" ? "utf-16" : name.Trim());
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw UserErrorException.Field("encoding", $"\"{name}\" is no encoding that is known here.", "Give a name such as utf-8, utf-16le, windows-1252, windows-1251 or shift_jis, or leave it out and it is detected.");
        }
    }

    /// <summary>In UTF-16 the delimiters and line ends of any table put zeros at odd places only, or at even ones.</summary>
    private static Encoding WithoutMark(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] != 0)
                continue;
            if (i % 2 == 0)
                even++;
            else
                odd++;
        }
        if (even + odd == 0)
            return Strict("utf-8");
        var name = even == 0 ? "utf-16" : odd == 0 ? "utf-16BE" : throw FileSignature.Binary();
        var pairs = head[..(head.Length & ~1)];
        return HasItsLineEnds(pairs, zeroAt: even == 0 ? 1 : -1) && IsText(pairs, name) ? Strict(name) : throw FileSignature.Binary();
    }

    /// <summary>A stray zero in a file of single bytes is no UTF-16: there nearly every line feed has its zero beside it.</summary>
    private static bool HasItsLineEnds(ReadOnlySpan<byte> bytes, int zeroAt)
    {
        int feeds = 0, paired = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n')
                continue;
            feeds++;
            if (i + zeroAt >= 0 && i + zeroAt < bytes.Length && bytes[i + zeroAt] == 0)
                paired++;
        }
        return feeds > 0 ? paired * 2 > feeds : bytes.Count((byte)0) * 20 >= bytes.Length;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes, string name)
    {
        var characters = Encoding.GetEncoding(name).GetString(bytes);
        var strange = characters.Count(character => char.IsControl(character) && character is not ('\t' or '\n' or '\r') || character is '\uFFFD');
        return strange * 100 <= characters.Length;
    }

    private static Encoding Strict(string name)
    {
        var encoding = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return encoding.CodePage == Encoding.UTF8.CodePage ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true) : encoding;
    }

    private static string Name(Encoding encoding, bool hasMark) => (encoding.CodePage, hasMark) switch
    {
        (1200, _) => hasMark ? "utf-16le with BOM" : "utf-16le",
        (1201, _) => hasMark ? "utf-16be with BOM" : "utf-16be",
        (_, true) => encoding.WebName + " with BOM",
        _ => encoding.WebName,
    };

    private static UserErrorException InvalidUtf8((long Byte, long Line) place, bool promised) => UserErrorException.Field(
        "encoding",
        string.Create(CultureInfo.InvariantCulture, $"The file is not valid UTF-8: line {place.Line}, byte {place.Byte} of the file."),
        promised
            ? "Repair that place, or give the encoding that the file really has, for instance windows-1252."
            : "Nearly all of it is UTF-8, so it seems damaged there. Repair that place, or give its encoding to have it read as something else.");
}
