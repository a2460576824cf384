using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// One pass over a file's bytes. <paramref name="Invalid"/> is the first place that is not UTF-8: the byte from 1 in the file and the line from 1.
/// The sequences of several bytes and the invalid bytes are counted only in parts of the file that hold an invalid one.
/// </summary>
internal sealed record Utf8Census(long Zeros, (long Byte, long Line)? Invalid, long ValidSequences, long InvalidBytes)
{
    private const int ChunkBytes = 256 * 1024;

    public static Utf8Census Take(StagedFile file, int preambleBytes, CancellationToken cancellationToken)
    {
        using var stream = file.Open();
        stream.Position = preambleBytes;
        var buffer = new byte[ChunkBytes];
        var census = new Utf8Census(0, null, 0, 0);
        long position = preambleBytes, line = 1;
        var kept = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var isLast = read < buffer.Length - kept;
            var length = kept + read;
            var whole = isLast ? length : WholeSequences(buffer.AsSpan(0, length));
            var part = buffer.AsSpan(0, whole);
            census = census with { Zeros = census.Zeros + part.Count((byte)0) };
            if (!Utf8.IsValid(part))
                census = census.Add(part, position, line);
            if (isLast)
                return census;
            line += part.Count((byte)'\n');
            position += whole;
            kept = length - whole;
            buffer.AsSpan(whole, kept).CopyTo(buffer);
        }
    }

    /// <summary>The length without a sequence that the end of the buffer cuts.</summary>
    private static int WholeSequences(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3; back++)
        {
            var value = bytes[^back];
            if (value < 0x80)
                return bytes.Length;
            if (value >= 0xC0)
                return bytes.Length - back;
        }
        return bytes.Length;
    }

    private Utf8Census Add(ReadOnlySpan<byte> part, long position, long line)
    {
        var (invalid, valid, wrong) = (Invalid, ValidSequences, InvalidBytes);
        for (var at = 0; at < part.Length;)
        {
            var ascii = part[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                break;
            at += ascii;
            if (Rune.DecodeFromUtf8(part[at..], out _, out var consumed) == OperationStatus.Done)
            {
                valid++;
            }
            else
            {
                invalid ??= (position + at + 1, line + part[..at].Count((byte)'\n'));
                wrong += consumed;
            }
            at += consumed;
        }
        return this with { Invalid = invalid, ValidSequences = valid, InvalidBytes = wrong };
    }
}
