using LogprobDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogprobDashboard.Web.Datasets;

/// <summary>The script <c>js/upload.js</c> sends the file; this shows how far it is, and says in words what went wrong.</summary>
public sealed partial class DropZone : IAsyncDisposable
{
    private readonly BrowserObject _sender = new("upload.js", end: "detach");
    private ElementReference _zone;
    private DotNetObjectReference<DropZone>? _self;
    private UploadProgress? _progress;
    private UploadFailure? _failure;
    private string _status = "";

    /// <summary>Larger files are refused before a byte is sent.</summary>
    [Parameter, EditorRequired]
    public long MaxBytes { get; set; }

    [Parameter]
    public string Title { get; set; } = "Drop a file of texts here";

    /// <summary>The id of the upload that has arrived.</summary>
    [Parameter]
    public EventCallback<string> OnArrived { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [JSInvokable]
    public void ReportStart(string fileName, long bytes)
    {
        (_progress, _failure, _status) = (new UploadProgress(fileName, 0, bytes, TimeSpan.Zero), null, $"Uploading {fileName}.");
        StateHasChanged();
    }

    /// <summary>At most four times a second.</summary>
    [JSInvokable]
    public void ReportProgress(long sent, double milliseconds)
    {
        if (_progress is null)
            return;
        _progress = _progress with { Sent = Math.Min(sent, _progress.Bytes), Elapsed = TimeSpan.FromMilliseconds(milliseconds) };
        StateHasChanged();
    }

    [JSInvokable]
    public Task ReportArrivalAsync(string uploadId)
    {
        (_progress, _failure, _status) = (null, null, "The file has arrived.");
        StateHasChanged();
        return OnArrived.InvokeAsync(uploadId);
    }

    [JSInvokable]
    public void ReportRefusal(int status, string? answer) => Fail(UploadFailure.Refused(status, answer));

    [JSInvokable]
    public void ReportLoss(string fileName, long sent, long bytes) => Fail(UploadFailure.Lost(fileName, sent, bytes));

    [JSInvokable]
    public void ReportCancellation()
    {
        (_progress, _status) = (null, "The upload was cancelled.");
        StateHasChanged();
    }

    /// <summary>What was chosen is nothing that can be sent.</summary>
    [JSInvokable]
    public void ReportUnusable(string kind, string name, long number) => Fail(kind switch
    {
        "empty" => UploadFailure.Empty(name),
        "large" => UploadFailure.TooLarge(name, number, MaxBytes),
        "folder" => UploadFailure.Folder(name),
        _ => UploadFailure.Several((int)number),
    });

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _sender.MakeAsync(JavaScript, "attach", _zone, _self = DotNetObjectReference.Create(this), MaxBytes);
    }

    private Task CancelAsync() => _sender.CallAsync("cancel");

    private Task RetryAsync() => _sender.CallAsync("retry");

    private async Task AskBeforeLeavingAsync(LocationChangingContext change)
    {
        if (_progress is not { } progress)
            return;
        if (await Dialogs.ConfirmLeavingAsync("Leave while a file is on its way?", $"{progress.FileName} is still being uploaded; leaving ends that, and nothing of it is kept.", "Leave this page"))
            await CancelAsync();
        else
            change.PreventNavigation();
    }

    private void Fail(UploadFailure failure)
    {
        (_progress, _failure, _status) = (null, failure, "");
        StateHasChanged();
    }
}
