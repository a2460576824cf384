using System.Text;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>The first characters of a file, and passes over all of them.</summary>
internal sealed record TextHead(string Text, bool IsWhole)
{
    private const int HeadCharacters = 256 * 1024;
    private const int ChunkCharacters = 64 * 1024;

    public static TextHead Read(TextFile file)
    {
        var buffer = new char[HeadCharacters];
        using var text = file.OpenText();
        try
        {
            var read = text.ReadBlock(buffer);
            return new TextHead(new string(buffer, 0, read), read < buffer.Length);
        }
        catch (DecoderFallbackException)
        {
            throw ReadingErrors.InvalidBytes(file.Encoding, 1);
        }
    }

    public TableScan Scan(char delimiter)
    {
        var scan = new TableScan(delimiter);
        scan.Add(Text);
        scan.Complete(isCut: !IsWhole);
        return scan;
    }

    public static TableScan ScanWhole(TextFile file, char delimiter, CancellationToken cancellationToken)
    {
        var scan = new TableScan(delimiter);
        var buffer = new char[ChunkCharacters];
        using var text = file.OpenText();
        try
        {
            while (text.ReadBlock(buffer) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scan.Add(buffer.AsSpan(0, read));
            }
        }
        catch (DecoderFallbackException)
        {
            throw ReadingErrors.InvalidBytes(file.Encoding, scan.Plain.Records + 1);
        }
        scan.Complete();
        return scan;
    }
}
