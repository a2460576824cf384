using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Datasets;

/// <summary>From a file to a dataset: how it is read, what is to be corrected, the import. An import belongs to the server; this page finds it again by its upload.</summary>
public sealed partial class ImportPage
{
    /// <summary>A larger file is read once the page is there, to show how far that is.</summary>
    private const long ReadAtOnce = 1024 * 1024;

    private ImportState _state = ImportState.Default;
    private ImportProgress? _reading;
    private UploadImport? _started;
    private UserErrorException? _failure;
    private string? _name;

    [SupplyParameterFromQuery(Name = "upload")]
    public string? UploadId { get; set; }

    [SupplyParameterFromQuery(Name = "for")]
    public string? Draft { get; set; }

    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    [SupplyParameterFromQuery]
    public string? Format { get; set; }

    [SupplyParameterFromQuery]
    public string? Encoding { get; set; }

    [SupplyParameterFromQuery]
    public string? Delimiter { get; set; }

    [SupplyParameterFromQuery]
    public string? Quoting { get; set; }

    [SupplyParameterFromQuery]
    public string? HasHeader { get; set; }

    [SupplyParameterFromQuery]
    public string? TextColumn { get; set; }

    [SupplyParameterFromQuery]
    public string? LabelColumn { get; set; }

    [SupplyParameterFromQuery]
    public string? SourceColumn { get; set; }

    [SupplyParameterFromQuery]
    public string? IdColumn { get; set; }

    protected override string? Subject => UploadId;

    [Inject]
    private UploadStaging Staging { get; set; } = null!;

    [Inject]
    private StagedUploads Uploads { get; set; } = null!;

    [Inject]
    private UploadImports Imports { get; set; } = null!;

    [Inject]
    private ReadingPreviews Previews { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>The import that this page began, or found under way.</summary>
    private UploadImport? Watched => _started ?? Screen?.Import;

    private string Title => Screen?.Upload is { } upload ? $"Import · {upload.FileName} · LogprobDashboard" : "Import · LogprobDashboard";

    protected override object ReadState()
    {
        _state = ImportState.Parse(
            UploadId,
            Draft,
            Name,
            new ReadingOptions
            {
                Format = Format,
                Encoding = Encoding,
                Delimiter = Delimiter,
                Quoting = Quoting,
                TextColumn = TextColumn,
                LabelColumn = LabelColumn,
                SourceColumn = SourceColumn,
                IdColumn = IdColumn,
            },
            HasHeader);
        _name = _state.Name;
        return _state;
    }

    protected override async Task<ImportScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var options = _state.Options;
        if (_state.Upload is not { } id)
            return new ImportScreen(null, options) { Waiting = Uploads.List(), MaxBytes = Staging.Limit };
        var upload = Uploads.Get(id);
        var import = Imports.Find(id);
        if (upload.DatasetId is not null || import is { IsRunning: true })
            return new ImportScreen(upload, options, Import: import);
        if (Screen is { IsUnread: false, Import: null } shown && shown.Upload?.Id == id && shown.Options == options)
            return shown;
        if (upload.Bytes > ReadAtOnce && Screen?.Upload?.Id != id)
            return new ImportScreen(upload, options);
        _failure = import is not null && import.Options == options ? Refusal(import) : null;
        return await PreviewAsync(upload, options, cancellationToken);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Screen is not { IsUnread: true } || Busy)
            return;
        await ReloadAsync();
        StateHasChanged();
    }

    private async Task<ImportScreen> PreviewAsync(StagedUpload upload, ReadingOptions options, CancellationToken cancellationToken)
    {
        var columns = Screen?.Upload?.Id == upload.Id ? Screen.Columns : null;
        _reading = new ImportProgress(0, upload.Bytes, 0);
        try
        {
            var progress = new ThrottledProgress(Time, value => InvokeAsync(() => ShowReading(value, cancellationToken)));
            var preview = await Previews.OfAsync(Uploads.FileOf(upload), options, progress, cancellationToken);
            return new ImportScreen(upload, options, preview, preview.Problem, Columns: preview.Columns);
        }
        catch (UserErrorException problem) when (problem.Kind != UserErrorKind.NotFound)
        {
            return new ImportScreen(upload, options, Problem: problem, Columns: columns) { MaxBytes = Staging.Limit };
        }
    }

    private void ShowReading(ImportProgress value, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return;
        _reading = value;
        StateHasChanged();
    }

    private void Import()
    {
        if (Screen is not { CanImport: true, Upload: { } upload } || Busy || Watched is not null)
            return;
        _failure = null;
        try
        {
            _started = Imports.Start(upload.Id, _name, _state.Options);
        }
        catch (UserErrorException problem)
        {
            _failure = problem;
        }
    }

    private async Task EndedAsync(UploadImport import)
    {
        if (import.Completion.IsCompletedSuccessfully)
        {
            var dataset = await import.Completion;
            Navigation.NavigateTo(Destination(dataset.Id), replace: true);
            return;
        }

        _started = null;
        await ReloadAsync();
        _failure = Refusal(import);
    }

    private static UserErrorException Refusal(UploadImport import) => import.Completion.IsCanceled
        ? new UserErrorException(UserErrorKind.Conflict, "The import was cancelled.", "Nothing of it was kept; the upload is still here.")
        : import.Completion.Exception?.InnerException as UserErrorException
            ?? new UserErrorException(UserErrorKind.Impossible, "The import broke.", "The server's log says why. Nothing of it was kept; the upload is still here, so it can be tried again.");

    private async Task CancelImportAsync(UploadImport import) => await Imports.CancelAsync(import.Upload.Id);

    private async Task DiscardAsync(StagedUpload upload)
    {
        if (!await Dialogs.ConfirmAsync("Discard the upload?", $"{upload.FileName} has not been imported. Discarded, it has to be sent again.", "Discard it"))
            return;
        try
        {
            await Imports.DiscardAsync(upload.Id);
        }
        catch (UserErrorException gone) when (gone.Kind == UserErrorKind.NotFound)
        {
            // Somebody else was faster; it is gone either way.
        }

        if (_state.Upload is null)
            await ReloadAsync();
        else
            Navigation.NavigateTo(AppRoutes.ImportFor(_state.For));
    }

    /// <summary>Kept at once, too: whoever presses Enter imports before the address has come back.</summary>
    private void Rename(string? name)
    {
        _name = _state.WithName(name).Name;
        Show(_state, replace: true);
    }

    private void Arrived(string uploadId) => Navigation.NavigateTo((ImportState.Default with { Upload = uploadId, For = _state.For }).Address);

    /// <summary>The name as it is now: one that was typed a moment ago may not have come back in the address yet.</summary>
    private void Show(ImportState state, bool replace = false) => Navigation.NavigateTo((state with { Name = _name }).Address, replace: replace);

    private string Destination(string datasetId) => _state.For is { } draft ? $"{AppRoutes.StartOf(draft)}?dataset={Uri.EscapeDataString(datasetId)}" : AppRoutes.DatasetOf(datasetId);

    private static string Facts(StagedUpload upload) =>
        $"{FileSize.Of(upload.Bytes)}, uploaded {Moment.Of(upload.UploadedAt)}{(upload.DatasetId is null ? $"; kept until {Moment.Of(upload.ExpiresAt)} if it is not imported" : "")}";

    private static string FirstRows(ReadingPreview preview) => preview.RowsRead > preview.FirstRows.Count
        ? $"The first {Figures.Count(preview.FirstRows.Count)} of {Figures.Count(preview.RowsRead, "row", "rows")}"
        : Figures.Count(preview.FirstRows.Count, "row", "rows");

    private RenderFragment? RowsOf(ReadingPreview preview, ImportWarning warning)
    {
        var named = warning.Rows ?? [];
        var rows = preview.NotedRows.Where(row => named.Contains(row.Row)).Take(5).ToList();
        if (rows.Count == 0)
            return null;
        return builder =>
        {
            builder.OpenComponent<NotedRows>(0);
            builder.AddComponentParameter(1, nameof(NotedRows.Rows), rows);
            builder.AddComponentParameter(2, nameof(NotedRows.Columns), preview.Columns);
            builder.AddComponentParameter(3, nameof(NotedRows.Roles), Screen!.Roles);
            builder.AddComponentParameter(4, nameof(NotedRows.IsOpen), warning.Code is "tooManyCells" or "tooFewCells");
            builder.CloseComponent();
        };
    }
}
