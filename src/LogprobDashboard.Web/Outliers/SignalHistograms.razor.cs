using System.Globalization;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Outliers;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Outliers;

/// <summary>A signal's histograms of every chosen run side by side, with a cut that can be dragged in any of them. The script moves the cut; what it means is worked out here.</summary>
public sealed partial class SignalHistograms : IAsyncDisposable
{
    private readonly BrowserObject _cut = new("histogramCut.js", end: "destroy");
    private ElementReference _root;
    private DotNetObjectReference<SignalHistograms>? _self;
    private bool _showsTable;

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

    public ValueTask DisposeAsync()
    {
        _self?.Dispose();
        return _cut.DisposeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _cut.MakeAsync(JavaScript, "attach", _root, _self = DotNetObjectReference.Create(this));
    }

    /// <summary>Nonsense leaves the cut where it is.</summary>
    private Task TypeAsync(ChangeEventArgs change) =>
        double.TryParse((string?)change.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? CommitCutAsync(percent / 100, isFirst: true) : Task.CompletedTask;

    private Task SaveAsync(string format) => _cut.CallAsync("save", format);
}
