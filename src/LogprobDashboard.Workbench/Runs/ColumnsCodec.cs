using System.Runtime.InteropServices;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Consecutive results as bytes, column after column, each number as it lies in the memory of a little-endian machine: sample index, status, predicted label, unseen mass, coverage, entropy,
/// log margin, token entropy, token margin, and the label masses result by result, an imputed one negative as in <see cref="MassColumn"/>.
/// </summary>
internal static class ColumnsCodec
{
    /// <summary>Other machines read rows.</summary>
    public static bool IsUsable => BitConverter.IsLittleEndian;

    public static byte[] Encode(RunScores scores, int start, int count)
    {
        var bytes = new byte[Length(scores, count)];
        var rest = bytes.AsSpan();
        Put<int>(scores.SampleIndex, start, count, ref rest);
        Put<ResultStatus>(scores.Status, start, count, ref rest);
        Put<int>(scores.Predicted, start, count, ref rest);
        foreach (var numbers in scores.Numbers)
            Put<double>(numbers, start, count, ref rest);
        scores.CopyMasses(start, rest);
        return bytes;
    }

    /// <summary>The reverse of <see cref="Encode"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those of so many results of these labels.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, RunScores scores, int start, int count)
    {
        if (count < 1 || start + count > scores.Count || bytes.Length != Length(scores, count))
            throw new InvalidDataException("Kept columns are of other results.");
        Take<int>(ref bytes, scores.SampleIndex, start, count);
        Take<ResultStatus>(ref bytes, scores.Status, start, count);
        Take<int>(ref bytes, scores.Predicted, start, count);
        foreach (var numbers in scores.Numbers)
            Take<double>(ref bytes, numbers, start, count);
        scores.SetMasses(start, bytes, count);
    }

    private static int Length(RunScores scores, int count) =>
        checked(count * ((3 * sizeof(int)) + ((scores.Numbers.Count + scores.Labels.Count) * sizeof(double))));

    private static void Put<T>(T[] values, int start, int count, ref Span<byte> target)
        where T : struct
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan(start, count));
        bytes.CopyTo(target);
        target = target[bytes.Length..];
    }

    private static void Take<T>(ref ReadOnlySpan<byte> source, T[] values, int start, int count)
        where T : struct
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan(start, count));
        source[..bytes.Length].CopyTo(bytes);
        source = source[bytes.Length..];
    }
}
