using System.Text.Json;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Options;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// Uploads that wait to be imported, in the data directory: <c>id.upload</c> holds the bytes, <c>id.json</c> beside it says what they are. The record is written last and
/// moved into place whole, so a file without one is half an upload. They outlive a reload of the page and a restart of the process, not 24 hours.
/// </summary>
public sealed class StagedUploads(IOptions<WorkbenchOptions> options, TimeProvider time)
{
    private const string FileExtension = ".upload";
    private const string RecordExtension = ".json";
    private const string HalfWritten = ".part";
    private const int IdLength = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private string Folder => options.Value.UploadsDirectory;

    /// <summary>Keeps a file that has arrived; from now on it belongs to the uploads, and is not to be disposed of. If this throws, the file is gone.</summary>
    public async Task<StagedUpload> KeepAsync(StagedFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Bytes == 0)
                throw ReadingErrors.Empty();
            RemoveExpired();
            var now = time.GetUtcNow();
            var upload = new StagedUpload(Path.GetFileNameWithoutExtension(file.Path), file.FileName, file.Bytes, file.ContentHash, now, now + Lifetime);
            await WriteAsync(upload, cancellationToken).ConfigureAwait(false);
            return upload;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="UserErrorException">Not found.</exception>
    public StagedUpload Get(string id) => Read(id) is { } upload && upload.ExpiresAt > time.GetUtcNow() ? upload : throw NotThere(id);

    /// <summary>Those that wait to be imported, the newest first.</summary>
    public IReadOnlyList<StagedUpload> List()
    {
        var now = time.GetUtcNow();
        return [.. Records().Where(upload => upload.DatasetId is null && upload.ExpiresAt > now && File.Exists(PathOf(upload.Id))).OrderByDescending(upload => upload.UploadedAt)];
    }

    /// <summary>The file of an upload; not to be disposed of, which would delete it.</summary>
    public StagedFile FileOf(StagedUpload upload)
    {
        if (upload.DatasetId is { } datasetId)
            throw AlreadyImported(upload.FileName, datasetId);
        return File.Exists(PathOf(upload.Id)) ? new StagedFile(PathOf(upload.Id), upload.FileName, upload.Bytes, upload.ContentHash) : throw NotThere(upload.Id);
    }

    /// <summary>Gives an upload that is about to be imported its full time again.</summary>
    internal Task ExtendAsync(StagedUpload upload, CancellationToken cancellationToken) =>
        WriteAsync(upload with { ExpiresAt = time.GetUtcNow() + Lifetime }, cancellationToken);

    /// <summary>The bytes have become a dataset, and go; where they came from stays known.</summary>
    internal async Task MarkImportedAsync(StagedUpload upload, string datasetId)
    {
        await WriteAsync(upload with { DatasetId = datasetId, ExpiresAt = time.GetUtcNow() + Lifetime }, CancellationToken.None).ConfigureAwait(false);
        File.Delete(PathOf(upload.Id));
    }

    internal void Remove(string id)
    {
        File.Delete(RecordOf(id));
        File.Delete(PathOf(id));
    }

    /// <summary>Removes what is too old, and what a process that died left half-written. Called once, before uploads are taken.</summary>
    internal void RemoveLeftovers()
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + HalfWritten).ToList())
            File.Delete(path);
        RemoveExpired();
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + RecordExtension).Where(IsBodiless).ToList())
            File.Delete(path);
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + FileExtension).Where(path => Read(Path.GetFileNameWithoutExtension(path)) is null or { DatasetId: not null }).ToList())
            File.Delete(path);
    }

    private static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    private static UserErrorException NotThere(string id) => new(
        UserErrorKind.NotFound, $"There is no upload with the id \"{id}\".", "An upload that is not imported is kept for 24 hours; it may have been discarded, too. Send the file again.");

    private static UserErrorException AlreadyImported(string fileName, string datasetId) => new(
        UserErrorKind.Conflict, $"The upload of {fileName} was imported already.", $"It is the dataset with the id \"{datasetId}\". To import the file once more, send it again.");

    /// <summary>A record that cannot be read, or that speaks of a file that is not there.</summary>
    private bool IsBodiless(string record) => Read(Path.GetFileNameWithoutExtension(record)) is not { } upload || upload.DatasetId is null && !File.Exists(PathOf(upload.Id));

    private void RemoveExpired()
    {
        var now = time.GetUtcNow();
        foreach (var upload in Records().Where(upload => upload.ExpiresAt <= now))
            Remove(upload.Id);
    }

    private List<StagedUpload> Records() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + RecordExtension).Select(path => Read(Path.GetFileNameWithoutExtension(path))).OfType<StagedUpload>()]
        : [];

    private StagedUpload? Read(string id)
    {
        if (!IsId(id))
            return null;
        try
        {
            return JsonSerializer.Deserialize<StagedUpload>(File.ReadAllBytes(RecordOf(id)), JsonColumn.Json) is { } upload && upload.Id == id ? upload : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(StagedUpload upload, CancellationToken cancellationToken)
    {
        var half = RecordOf(upload.Id) + HalfWritten;
        try
        {
            await File.WriteAllBytesAsync(half, JsonSerializer.SerializeToUtf8Bytes(upload, JsonColumn.Json), cancellationToken).ConfigureAwait(false);
            File.Move(half, RecordOf(upload.Id), overwrite: true);
        }
        catch (IOException exception)
        {
            throw new UserErrorException(UserErrorKind.NoRoom, $"The upload cannot be kept: {exception.Message}", "Make room in the data directory, then send the file again.");
        }
    }

    private string PathOf(string id) => Path.Combine(Folder, id + FileExtension);

    private string RecordOf(string id) => Path.Combine(Folder, id + RecordExtension);
}
