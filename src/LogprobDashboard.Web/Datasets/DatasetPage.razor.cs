using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogprobDashboard.Web.Datasets;

/// <summary>One dataset: what it is, its rows to browse and search, who uses it.</summary>
public sealed partial class DatasetPage
{
    private DatasetState _state = DatasetState.Default;
    private UserErrorException? _refusal;
    private int? _revealed;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? Sample { get; set; }

    protected override string? Subject => Id;

    [Inject]
    private DatasetsQueries Queries { get; set; } = null!;

    [Inject]
    private DatasetsBrowsing Browsing { get; set; } = null!;

    [Inject]
    private DatasetsService Service { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private string Title => Screen is null ? "Dataset · LogprobDashboard" : $"Dataset · {Screen.Dataset.Name} · LogprobDashboard";

    private int Pages => Math.Max(1, (Screen!.Samples.Found + DatasetState.PageSize - 1) / DatasetState.PageSize);

    private string Found => _state.IsFiltered
        ? $"{Figures.Count(Screen!.Samples.Found)} of {Figures.Count(Screen.Dataset.RowCount, "row", "rows")}"
        : Figures.Count(Screen!.Dataset.RowCount, "row", "rows");

    protected override object ReadState() => _state = DatasetState.Parse(Search, Label, Source, Page, Sample);

    protected override async Task<DatasetScreen> LoadAsync(CancellationToken cancellationToken)
    {
        var dataset = await Queries.GetAsync(Id, cancellationToken);
        return new DatasetScreen(
            dataset,
            await Browsing.SamplesAsync(dataset, _state.Filter, _state.Page, DatasetState.PageSize, cancellationToken),
            await Browsing.UsesAsync(Id, cancellationToken));
    }

    /// <summary>A row that the address opens may stand far below: it is brought into view once.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Busy || Screen is null || _revealed == _state.Sample)
            return;
        _revealed = _state.Sample;
        if (_revealed is not { } sample || Screen.Samples.Items.All(shown => shown.Index != sample))
            return;
        try
        {
            await using var module = await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/rows.js");
            await module.InvokeVoidAsync("reveal", SamplesTable.RowId(sample));
        }
        catch (JSDisconnectedException)
        {
            // The reader left.
        }
    }

    private async Task DeleteAsync()
    {
        var dataset = Screen!.Dataset;
        _refusal = null;
        await ReloadAsync();
        if (Screen.Uses.Count > 0)
        {
            _refusal = new UserErrorException(
                UserErrorKind.Conflict,
                $"{dataset.Name} is used by {Figures.Count(Screen.Uses.Count, "experiment", "experiments")}, and stays.",
                "Their runs would lose their texts. Delete the experiments first:");
            return;
        }

        if (!await Dialogs.ConfirmAsync(
            $"Delete {dataset.Name}?",
            "No experiment uses it. What is deleted cannot be brought back, except by importing the file again.",
            "Delete the dataset",
            Figures.Count(dataset.RowCount, "row of text", "rows of text"),
            $"the record of how {dataset.FileName} was read, with its warnings"))
        {
            return;
        }

        try
        {
            await Service.DeleteAsync(Id, CancellationToken.None);
            Snackbar.Add($"{dataset.Name} was deleted.");
            Navigation.NavigateTo(AppRoutes.Datasets);
        }
        catch (UserErrorException refusal)
        {
            _refusal = refusal;
            await ReloadAsync();
        }
    }

    private void Show(DatasetState state) => Navigation.NavigateTo(state.AddressOf(Id));

    private static string Facts(DatasetRecord dataset)
    {
        var facts = new List<string> { Figures.Count(dataset.RowCount, "row", "rows") };
        if (dataset.LabelColumn is not null)
            facts.Add(Figures.Count(dataset.Labels.Count, "label", "labels"));
        if (dataset.SourceColumn is not null)
            facts.Add(Figures.Count(dataset.Sources.Count, "source", "sources"));
        facts.Add(FileSize.Of(dataset.FileBytes));
        return $"{string.Join(" · ", facts)} · imported {Moment.Of(dataset.CreatedAt)}";
    }

    private RenderFragment? WarningRows(ImportWarning warning) => warning.Rows is not { Count: > 0 } rows
        ? null
        : builder =>
        {
            builder.OpenComponent<RowLinks>(0);
            builder.AddComponentParameter(1, nameof(RowLinks.Rows), rows);
            builder.AddComponentParameter(2, nameof(RowLinks.Address), (Func<int, string?>)AddressOfRow);
            builder.CloseComponent();
        };

    private string? AddressOfRow(int row) => SampleOfRow.Find(Screen!.Dataset.Warnings, row) is { } sample ? DatasetState.Default.WithOnly(sample).AddressOf(Id) : null;
}
