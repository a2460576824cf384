using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// The compact form of an answer's positions, without loss: log probs keep all their bits.
/// <code>
/// answer   = version:1 byte = 1, count:varint, position…
/// position = chosen:token, count:varint, token…
/// token    = kind:1 byte, text:bytes, [utf8:bytes], [log p: 8 bytes little-endian]
/// bytes    = length:varint, that many
/// kind     = bits 0-1: the server sent no bytes (0), the text's own UTF-8 (1), others (2, they follow); bit 2: a log p follows
/// </code>
/// </summary>
internal static class AnswerCodec
{
    private const byte Version = 1;
    private const int BytesSame = 1;
    private const int BytesOther = 2;
    private const int HasLogProbability = 4;

    public static byte[] Encode(IReadOnlyList<AnswerPosition> positions)
    {
        var output = new ArrayBufferWriter<byte>(512);
        output.Write([Version]);
        WriteCount(output, positions.Count);
        foreach (var position in positions)
        {
            WriteToken(output, position.Chosen);
            WriteCount(output, position.TopLogprobs.Count);
            foreach (var token in position.TopLogprobs)
                WriteToken(output, token);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">These bytes were not written by <see cref="Encode"/>.</exception>
    public static IReadOnlyList<AnswerPosition> Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Reader(bytes);
        if (reader.Byte() != Version)
            throw new InvalidDataException("A stored answer has a form that this version does not know.");
        var positions = new AnswerPosition[reader.Count()];
        for (var i = 0; i < positions.Length; i++)
        {
            var chosen = reader.Token();
            var top = new TokenLogprob[reader.Count()];
            for (var j = 0; j < top.Length; j++)
                top[j] = reader.Token();
            positions[i] = new AnswerPosition(chosen, top);
        }

        return positions;
    }

    private static void WriteToken(ArrayBufferWriter<byte> output, TokenLogprob token)
    {
        var text = Encoding.UTF8.GetBytes(token.Token);
        var form = token.Utf8Bytes is not { } sent ? 0 : sent.Span.SequenceEqual(text) ? BytesSame : BytesOther;
        output.Write([(byte)(form | (token.LogProbability is null ? 0 : HasLogProbability))]);
        WriteBytes(output, text);
        if (form == BytesOther)
            WriteBytes(output, token.Utf8Bytes!.Value.Span);
        if (token.LogProbability is { } logProbability)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), logProbability);
            output.Advance(sizeof(double));
        }
    }

    private static void WriteBytes(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteCount(output, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteCount(ArrayBufferWriter<byte> output, int count)
    {
        for (; count >= 0x80; count >>= 7)
            output.Write([(byte)(count | 0x80)]);
        output.Write([(byte)count]);
    }

    private struct Reader(ReadOnlyMemory<byte> bytes)
    {
        private int _at;

        public byte Byte() => Take(1).Span[0];

        public int Count()
        {
            var count = 0;
            for (var shift = 0; shift < 32; shift += 7)
            {
                var next = Byte();
                count |= (next & 0x7f) << shift;
                if (next < 0x80)
                    return count >= 0 && count <= bytes.Length ? count : throw Broken();
            }

            throw Broken();
        }

        public TokenLogprob Token()
        {
            var kind = Byte();
            var text = Take(Count());
            ReadOnlyMemory<byte>? utf8 = (kind & 3) switch
            {
                0 => null,
                BytesSame => text,
                BytesOther => Take(Count()),
                _ => throw Broken(),
            };
            double? logProbability = (kind & HasLogProbability) == 0 ? null : BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)).Span);
            return new TokenLogprob(Encoding.UTF8.GetString(text.Span), logProbability, utf8);
        }

        private ReadOnlyMemory<byte> Take(int count)
        {
            if (count > bytes.Length - _at)
                throw Broken();
            _at += count;
            return bytes.Slice(_at - count, count);
        }

        private static InvalidDataException Broken() => new("A stored answer is damaged.");
    }
}
