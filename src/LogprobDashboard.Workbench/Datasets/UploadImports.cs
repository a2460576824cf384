using System.Collections.Concurrent;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// Imports uploads, whoever looks on: an import belongs to no page and no request, so closing either changes nothing and a page that comes back finds it by its upload.
/// One that is cancelled, refused or stopped with the process is rolled back; its upload stays and can be imported again.
/// </summary>
public sealed partial class UploadImports(StagedUploads uploads, DatasetReading reading, DatasetsService datasets, ILogger<UploadImports> logger) : IHostedService
{
    private readonly ConcurrentDictionary<string, UploadImport> _imports = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _stopping;

    /// <exception cref="UserErrorException">There is no such upload; or it is being imported, or was.</exception>
    public UploadImport Start(string uploadId, string? name, ReadingOptions options)
    {
        var upload = uploads.Get(uploadId);
        var file = uploads.FileOf(upload);
        lock (_lock)
        {
            if (_stopping)
                throw new UserErrorException(UserErrorKind.Conflict, "The server is shutting down.", "Import the upload once it is up again; it is kept.");
            if (Find(uploadId) is { IsRunning: true })
                throw new UserErrorException(UserErrorKind.Conflict, $"The upload of {upload.FileName} is being imported.", "Wait until that is over, or cancel it.");
            var import = new UploadImport(upload, name, options);
            import.Completion = Task.Run(() => RunAsync(import, file), CancellationToken.None);
            return _imports[uploadId] = import;
        }
    }

    /// <summary>The import of an upload that is under way or ended without a dataset; null where there is none.</summary>
    public UploadImport? Find(string uploadId) => _imports.GetValueOrDefault(uploadId);

    /// <summary>Cancels the import of an upload, where one is under way, and waits until it is rolled back. The upload stays.</summary>
    public async Task CancelAsync(string uploadId)
    {
        if (Find(uploadId) is not { } import)
            return;
        if (import.IsRunning)
            await import.CancelAsync().ConfigureAwait(false);
        await ((Task)import.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Removes an upload; an import of it that is under way is cancelled first.</summary>
    public async Task DiscardAsync(string uploadId)
    {
        uploads.Get(uploadId);
        await CancelAsync(uploadId).ConfigureAwait(false);
        _imports.TryRemove(uploadId, out _);
        uploads.Remove(uploadId);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            _stopping = true;
        await Task.WhenAll(_imports.Keys.Select(CancelAsync)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<DatasetRecord> RunAsync(UploadImport import, StagedFile file)
    {
        try
        {
            await uploads.ExtendAsync(import.Upload, import.Stopping).ConfigureAwait(false);
            var read = await reading.ReadAsync(file, import.Options, import.Stopping).ConfigureAwait(false);
            var dataset = await datasets.ImportAsync(read, import.Name, import, import.Stopping).ConfigureAwait(false);
            await FinishAsync(import, dataset).ConfigureAwait(false);
            return dataset;
        }
        catch (Exception failure) when (DatabaseTrouble.MayPass(failure))
        {
            throw new UserErrorException(UserErrorKind.NoRoom, $"The dataset cannot be stored: {failure.Message}", "Make room in the data directory, then import again; the upload is kept.");
        }
        catch (Exception failure) when (failure is not (UserErrorException or OperationCanceledException))
        {
            ImportBroke(logger, import.Upload.FileName, failure);
            throw;
        }
    }

    /// <summary>The dataset is there, whatever becomes of the record.</summary>
    private async Task FinishAsync(UploadImport import, DatasetRecord dataset)
    {
        try
        {
            await uploads.MarkImportedAsync(import.Upload, dataset.Id).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UserErrorException)
        {
            ImportBroke(logger, import.Upload.FileName, failure);
        }
        lock (_lock) // the one who started it may not have written it down yet
            _imports.TryRemove(import.Upload.Id, out _);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The import of {FileName} broke.")]
    private static partial void ImportBroke(ILogger logger, string fileName, Exception failure);
}
