using System.Globalization;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A signal's histograms of every chosen run side by side, with a cut that can be dragged in any of them. The script moves the cut; what it means is worked out here.</summary>
public sealed partial class SignalHistograms : IAsyncDisposable
{
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _cut;
    private DotNetObjectReference<SignalHistograms>? _self;
    private bool _showsTable;
    private bool _disposed;

    [Parameter, EditorRequired]
    public OutliersScreen Screen { get; set; } = null!;

    [Parameter]
    public EventCallback<CutChange> CutChanged { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private OutliersView View => Screen.View;

    private string Title => $"{OutlierWords.Title(View.Request.By)} of {string.Join(", ", Screen.Looks.Select(look => look.Full))}";

    private string Note
    {
        get
        {
            var beyond = View.Request.Share > 0 ? "beyond the cut" : null;
            var full = View.Request.CellOrNone.IsAny ? CellWords.Short(View) + (beyond is null ? "" : ", " + beyond) : beyond;
            return "Upwards: samples, counts on a log scale" + (full is null ? "." : $". Full colour: {full}.");
        }
    }

    /// <param name="quantile">Among the values, ascending; 0 to 1.</param>
    /// <param name="isFirst">The first of one drag.</param>
    [JSInvokable]
    public Task CommitCutAsync(double quantile, bool isFirst) =>
        quantile is >= 0 and <= 1 ? CutChanged.InvokeAsync(new CutChange(OutliersRequest.QuantileOf(Math.Round(quantile, 6), View.Request.LowIsStrange), isFirst)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _self?.Dispose();
        try
        {
            if (_cut is not null)
            {
                await _cut.InvokeVoidAsync("destroy");
                await _cut.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the cut with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/histogramCut.js");
            if (_disposed)
                return;
            _self = DotNetObjectReference.Create(this);
            _cut = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }
        catch (JSDisconnectedException)
        {
            // Left while loading.
        }
    }

    /// <summary>Nonsense leaves the cut where it is.</summary>
    private Task TypeAsync(ChangeEventArgs change) =>
        double.TryParse((string?)change.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? CommitCutAsync(percent / 100, isFirst: true) : Task.CompletedTask;

    private async Task SaveAsync(string format)
    {
        if (_cut is not null)
            await _cut.InvokeVoidAsync("save", format);
    }
}
