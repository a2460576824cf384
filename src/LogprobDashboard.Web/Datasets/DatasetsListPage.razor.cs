using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Every dataset, and the way to bring in another.</summary>
public sealed partial class DatasetsListPage
{
    private static readonly IReadOnlyList<(DatasetsSort Sort, string Words)> Orders =
    [
        (DatasetsSort.Newest, "Newest"),
        (DatasetsSort.Name, "Name"),
        (DatasetsSort.Rows, "Rows"),
        (DatasetsSort.Size, "Size"),
        (DatasetsSort.Used, "Used"),
    ];

    private DatasetsState _state = DatasetsState.Default;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [Inject]
    private DatasetsBrowsing Browsing { get; set; } = null!;

    [Inject]
    private UploadStaging Staging { get; set; } = null!;

    [Inject]
    private StagedUploads Uploads { get; set; } = null!;

    [Inject]
    private UploadImports Imports { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private IReadOnlyList<Segment> Sorts => [.. Orders.Select(order => new Segment(order.Words, _state.WithSort(order.Sort).Address, order.Sort == _state.Sort))];

    private string Facts => Screen is not { Datasets: var datasets } || datasets.All == 0
        ? "Tables of texts to classify. They never change once they are imported."
        : _state.Search is null
            ? Figures.Count(datasets.All, "dataset", "datasets")
            : $"{Figures.Count(datasets.Found)} of {Figures.Count(datasets.All, "dataset", "datasets")}";

    protected override object ReadState() => _state = DatasetsState.Parse(Search, Sort, Page);

    protected override async Task<DatasetsScreen> LoadAsync(CancellationToken cancellationToken) =>
        new(await Browsing.DatasetsAsync(_state.ToFilter(), cancellationToken), Uploads.List(), Staging.Limit);

    private void Arrived(string uploadId) => Navigation.NavigateTo((ImportState.Default with { Upload = uploadId }).Address);

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

        await ReloadAsync();
    }

    private void Show(DatasetsState state) => Navigation.NavigateTo(state.Address);
}
