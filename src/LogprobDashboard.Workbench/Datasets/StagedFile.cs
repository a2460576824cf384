namespace LogprobDashboard.Workbench.Datasets;

/// <summary>A file that has arrived whole, on disk until it is disposed of. <paramref name="ContentHash"/> is "sha256:" and the hexadecimal hash of its bytes.</summary>
public sealed record StagedFile(string Path, string FileName, long Bytes, string ContentHash) : IDisposable
{
    public void Dispose() => File.Delete(Path);

    internal FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
}
