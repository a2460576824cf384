using LogprobDashboard.Web.Compare;
using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Sharing;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogprobDashboard.Web.Sharing;

public sealed partial class ShareDialog
{
    private const int ListedAtOnce = 20;

    private static readonly IReadOnlyList<(int Days, string Words)> Lifetimes = [(1, "a day"), (7, "a week"), (30, "30 days"), (90, "90 days"), (365, "a year")];

    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _untilClosed;
    private ElementReference _link;
    private IReadOnlyList<ShareRecord> _shares = [];
    private UserErrorException? _problem;
    private string? _more;
    private string? _url;
    private string? _made;
    private string _copied = "";
    private string? _name;
    private int _days = ShareInput.UsualDays;
    private bool _frozen;
    private bool _texts;
    private bool _busy;
    private bool _brings;

    public ShareDialog() => _untilClosed = _closed.Token;

    public static DialogOptions Options { get; } = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true };

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter]
    public string ExperimentId { get; set; } = "";

    [Parameter]
    public CompareState State { get; set; } = CompareState.Default;

    /// <summary>How the product is called by whoever looks at it.</summary>
    [Parameter]
    public string Product { get; set; } = "";

    [Inject]
    private SharePublisher Publisher { get; set; } = null!;

    [Inject]
    private SharesQueries Queries { get; set; } = null!;

    [Inject]
    private SharesService Shares { get; set; } = null!;

    [Inject]
    private ShareAddresses Addresses { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    private string LiveWords => State.Runs.Count > 0
        ? "The figures of the day on which it is opened."
        : "The figures of the day on which it is opened, and of the runs that this page opens with then.";

    /// <summary>Whether the view names values of a column.</summary>
    private bool ShowsValues => State.Detail == CompareDetail.Slices || State.Slice is not null;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override Task OnInitializedAsync() => ListAsync();

    /// <summary>A link that was made stands beneath the form, which may fill the window.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_brings)
            return;
        _brings = false;
        try
        {
            await _link.FocusAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private void Choose(bool frozen) => _frozen = frozen;

    private async Task MakeAsync()
    {
        if (_busy)
            return;
        (_busy, _problem, _url, _copied) = (true, null, null, "");
        try
        {
            var input = new ShareInput(State.ToQuery(), _days, _frozen, _texts, _name);
            var made = await Publisher.PublishAsync(ExperimentId, input, _untilClosed);
            (_url, _made, _name, _brings) = (Addresses.Of(made.Token, new Uri(Product)), made.Share.Id, null, true);
            await ListAsync();
        }
        catch (UserErrorException problem)
        {
            _problem = problem;
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task CopyAsync()
    {
        try
        {
            await using var script = await JavaScript.InvokeAsync<IJSObjectReference>("import", "./js/copyField.js");
            _copied = await script.InvokeAsync<bool>("copyField", _link) ? "Copied." : "Your browser does not let pages copy: the link is selected, copy it by keyboard.";
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private async Task RevokeAsync(ShareRecord share)
    {
        var sure = await Dialogs.ConfirmAsync("Revoke the link", $"{ShareWords.Name(share)} leads nowhere from then on. This cannot be undone.", "Revoke the link");
        if (!sure)
            return;
        try
        {
            await Shares.RevokeAsync(share.Id, _untilClosed);
            _problem = null;
        }
        catch (UserErrorException problem) when (problem.Kind == UserErrorKind.NotFound)
        {
            // Somebody else did, a moment ago.
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }

        if (share.Id == _made)
            _url = null;
        await ListAsync();
    }

    private Task ListAsync() => ReadAsync(null);

    /// <summary>Nothing where a click came twice and the first has brought the end.</summary>
    private Task MoreAsync() => _more is null ? Task.CompletedTask : ReadAsync(_more);

    /// <param name="after">Where the list ends that is shown; null reads it from its beginning.</param>
    private async Task ReadAsync(string? after)
    {
        try
        {
            var page = await Queries.ListAsync(ExperimentId, after, ListedAtOnce, _untilClosed);
            if (after is null || after == _more) // else it was asked for twice, and is there
                (_shares, _more) = (after is null ? page.Items : [.. _shares, .. page.Items], page.NextCursor);
        }
        catch (UserErrorException problem)
        {
            _problem = problem;
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }
    }
}

internal static class ShareDialogs
{
    /// <summary>Opens the dialog on a view.</summary>
    public static async Task ShareAsync(this IDialogService dialogs, string experimentId, CompareState state, string product)
    {
        var parameters = new DialogParameters<ShareDialog>
        {
            { dialog => dialog.ExperimentId, experimentId },
            { dialog => dialog.State, state },
            { dialog => dialog.Product, product },
        };
        await dialogs.ShowAsync<ShareDialog>("Share this view", parameters, ShareDialog.Options);
    }
}
