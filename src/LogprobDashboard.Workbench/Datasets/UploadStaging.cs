using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>The first stage of an import: the bytes go to a file of their own, hashed and counted on the way. Whatever breaks the stream leaves no file.</summary>
public sealed class UploadStaging(IOptions<WorkbenchOptions> options)
{
    private const string Extension = ".upload";
    private const int BufferBytes = 128 * 1024;

    private string Folder => options.Value.UploadsDirectory;

    /// <summary>The largest file that is taken, in bytes.</summary>
    public long Limit => options.Value.MaxUploadBytes;

    /// <summary>Refuses a request whose announced length is over the limit before a byte of it is read; its envelope may be as long as <paramref name="envelopeBytes"/>.</summary>
    public void RefuseTooLong(long? contentLength, long envelopeBytes)
    {
        if (contentLength - envelopeBytes > Limit)
            throw TooLarge();
    }

    public async Task<StagedFile> StageAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N") + Extension);
        try
        {
            var (bytes, hash) = await CopyAsync(content, path, cancellationToken).ConfigureAwait(false);
            return new StagedFile(path, fileName, bytes, hash);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task<(long Bytes, string Hash)> CopyAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        var buffer = new byte[BufferBytes];
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                bytes += read;
                if (bytes > Limit)
                    throw TooLarge();
                hash.AppendData(buffer, 0, read);
                await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        return (bytes, "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A full disk is not the sender's mistake, and must not look like a connection that broke.</summary>
    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new UserErrorException(UserErrorKind.NoRoom, $"The file cannot be kept: {exception.Message}", "Make room in the data directory, then send the file again.");
        }
    }

    private UserErrorException TooLarge() => new(
        UserErrorKind.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than the limit of {Limit:N0} bytes."),
        "Split it, or raise LogprobDashboard:MaxUploadBytes in the settings and start again.");
}
