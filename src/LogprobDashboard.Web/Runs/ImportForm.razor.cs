using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogprobDashboard.Web.Runs;

/// <summary>What the API said to an import; status 0 where it was never asked.</summary>
public sealed record ImportAnswer(int Status, string? Id, string? Name, string? Title, string? Detail)
{
    public bool IsImported => Status == StatusCodes.Status201Created;
}

public sealed partial class ImportForm : IAsyncDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ElementReference _input;
    private IJSObjectReference? _module;
    private DotNetObjectReference<ImportForm>? _self;
    private ImportAnswer? _answer;
    private string _name = "";
    private string _model = "";
    private bool _sending;
    private double _sent;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback OnImported { get; set; }

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private string Percent => Math.Floor(100 * _sent).ToString(CultureInfo.InvariantCulture);

    [JSInvokable]
    public Task ReportSentAsync(double share) => InvokeAsync(() =>
    {
        _sent = share;
        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        _self?.Dispose();
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private async Task SendAsync()
    {
        (_sending, _sent, _answer) = (true, 0, null);
        try
        {
            var left = _left.Token;
            _module ??= await JavaScript.InvokeAsync<IJSObjectReference>("import", left, "./js/runImport.js");
            _self ??= DotNetObjectReference.Create(this);
            // With a token of ours the framework's one-minute limit does not hold: a large file takes longer.
            _answer = await _module.InvokeAsync<ImportAnswer>("send", left, _input, $"/api/experiments/{Uri.EscapeDataString(ExperimentId)}/runs/import", _name.Trim(), _model.Trim(), _self);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            return; // left while sending
        }
        finally
        {
            _sending = false;
        }

        if (_answer.IsImported)
        {
            (_name, _model) = ("", "");
            await OnImported.InvokeAsync();
        }
    }
}
