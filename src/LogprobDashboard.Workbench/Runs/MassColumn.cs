using System.Buffers.Binary;
using LogprobDashboard.Analysis.LabelDistributions;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Label masses as one value of a row. A mass is never zero, so its sign is free to tell an imputed one.</summary>
internal static class MassColumn
{
    public static byte[] Write(LabelDistribution distribution)
    {
        var bytes = new byte[distribution.Masses.Count * sizeof(double)];
        for (var label = 0; label < distribution.Masses.Count; label++)
            Write(bytes, label, distribution.Masses[label], distribution.Censored[label]);
        return bytes;
    }

    public static void Write(Span<byte> bytes, int place, double mass, bool isCensored) =>
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[(place * sizeof(double))..], isCensored ? -mass : mass);

    /// <summary>Reads as many labels as <paramref name="masses"/> has places for.</summary>
    /// <returns>Whether any was imputed.</returns>
    public static bool Read(ReadOnlySpan<byte> bytes, Span<double> masses, Span<bool> censored)
    {
        if (bytes.Length < masses.Length * sizeof(double))
            throw new InvalidDataException("Stored label masses are of another label set.");
        var any = false;
        for (var label = 0; label < masses.Length; label++)
        {
            var value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(label * sizeof(double))..]);
            masses[label] = Math.Abs(value);
            censored[label] = value < 0;
            any |= value < 0;
        }

        return any;
    }
}
