using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Charts;

/// <summary>A thin component over ApexCharts: the script draws, redraws and takes away what it is given, and reports hover and click.</summary>
public sealed partial class ApexChart : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private ElementReference _element;
    private ChartDefinition? _drawn;
    private bool _zoomsByDrag;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<ApexChart>? _self;
    private bool _disposed;

    [Parameter, EditorRequired]
    public ChartDefinition Definition { get; set; } = null!;

    /// <summary>In pixels; reserved before anything is drawn.</summary>
    [Parameter]
    public int Height { get; set; } = 440;

    /// <summary>Charts of one group are read in step: what the pointer or the keyboard is at in one is shown in all.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>The points under the pointer, one a series; empty when it leaves. Reported at most ten times a second.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<ChartHit>> OnHover { get; set; }

    /// <summary>The point that a mouse was clicked at, on a curve or near it; a finger's touch reads values only.</summary>
    [Parameter]
    public EventCallback<ChartHit> OnClick { get; set; }

    /// <summary>A handle is moved, or was let go: at most about fifteen times a second while it moves.</summary>
    [Parameter]
    public EventCallback<ChartDrag> OnDrag { get; set; }

    /// <summary>A part of the chart was asked for: with a rectangle (Shift, or <see cref="ZoomsByDrag"/>), the wheel (Ctrl) or the keyboard (Shift and arrows).</summary>
    [Parameter]
    public EventCallback<ChartRange> OnZoom { get; set; }

    /// <summary>Whether dragging draws a rectangle to zoom to, without Shift being held.</summary>
    [Parameter]
    public bool ZoomsByDrag { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private string ReaderLabel => Definition.Series.Count > 1
        ? $"{Definition.Title}: left and right go from point to point, up and down from series to series"
        : $"{Definition.Title}: left and right go from point to point";

    [JSInvokable]
    public Task ReportHoverAsync(ChartHit[] hits) => OnHover.InvokeAsync(hits);

    [JSInvokable]
    public Task ReportClickAsync(ChartHit hit) => OnClick.InvokeAsync(hit);

    [JSInvokable]
    public Task ReportDragAsync(ChartDrag drag) => OnDrag.InvokeAsync(drag);

    [JSInvokable]
    public Task ReportZoomAsync(ChartRange range) => OnZoom.InvokeAsync(range);

    /// <summary>Has the browser save the chart, with its title and legend, as a file.</summary>
    public async Task SaveAsync(ChartFileFormat format)
    {
        if (_chart is not null)
            await _chart.InvokeVoidAsync("save", format == ChartFileFormat.Png ? "png" : "svg");
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _self?.Dispose();
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("destroy");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the chart with it.
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    protected override bool ShouldRender() => !ReferenceEquals(_drawn, Definition) || _zoomsByDrag != ZoomsByDrag;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _zoomsByDrag = ZoomsByDrag;
        if (ReferenceEquals(_drawn, Definition))
            return;
        _drawn = Definition;
        try
        {
            await DrawAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException || (_disposed && exception is OperationCanceledException))
        {
            // Left while drawing.
        }
    }

    private async Task DrawAsync()
    {
        var drawing = JsonSerializer.SerializeToElement(ApexDrawing.Of(Definition, Group, new ChartReports(OnHover.HasDelegate, OnClick.HasDelegate, OnDrag.HasDelegate, OnZoom.HasDelegate)), Json);
        if (_chart is not null)
        {
            await _chart.InvokeVoidAsync("update", drawing);
            return;
        }

        _module ??= await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/apexChart.js");
        if (_disposed)
            return;
        _self ??= DotNetObjectReference.Create(this);
        _chart = await _module.InvokeAsync<IJSObjectReference>("create", _element, drawing, _self);
        if (!ReferenceEquals(_drawn, Definition))
            StateHasChanged();
    }
}
