using System.IO.Compression;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>A document as it lies in the database: a twentieth of its size.</summary>
internal static class StoredDocument
{
    public static byte[] Pack(ReadOnlySpan<byte> document)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
            brotli.Write(document);
        return packed.ToArray();
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var document = new MemoryStream();
        brotli.CopyTo(document);
        return document.ToArray();
    }
}
