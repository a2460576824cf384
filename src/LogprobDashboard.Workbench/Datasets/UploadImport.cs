namespace LogprobDashboard.Workbench.Datasets;

/// <summary>One import of an upload, under way or over.</summary>
public sealed class UploadImport : IProgress<ImportProgress>
{
    private readonly CancellationTokenSource _stop = new();
    private ImportProgress _progress;

    internal UploadImport(StagedUpload upload, string? name, ReadingOptions options)
    {
        (Upload, Name, Options) = (upload, name, options);
        _progress = new ImportProgress(0, upload.Bytes, 0);
    }

    public StagedUpload Upload { get; }

    public string? Name { get; }

    public ReadingOptions Options { get; }

    /// <summary>How far it is; for as long as the file's layout is being found out no row is read.</summary>
    public ImportProgress Progress => Volatile.Read(ref _progress);

    /// <summary>The dataset, the refusal, or the cancellation that it ended with.</summary>
    public Task<DatasetRecord> Completion { get; internal set; } = Task.FromException<DatasetRecord>(new InvalidOperationException("The import was not started."));

    public bool IsRunning => !Completion.IsCompleted;

    internal CancellationToken Stopping => _stop.Token;

    void IProgress<ImportProgress>.Report(ImportProgress value) => Volatile.Write(ref _progress, value);

    internal Task CancelAsync() => _stop.CancelAsync();
}
