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
    private ElementReference _link;
    private IReadOnlyList<ShareRecord> _shares = [];
    private UserErrorException? _problem;
    private string? _more;
    private string? _url;
    private string _copied = "";
    private string? _name;
    private int _days = ShareInput.UsualDays;
    private bool _frozen;
    private bool _texts;
    private bool _busy;

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

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override Task OnInitializedAsync() => ListAsync();

    private void Choose(bool frozen) => _frozen = frozen;

    private async Task MakeAsync()
    {
        if (_busy)
            return;
        (_busy, _problem, _url, _copied) = (true, null, null, "");
        try
        {
            var input = new ShareInput(State.ToQuery(), _days, _frozen, _texts, _name);
            var made = await Publisher.PublishAsync(ExperimentId, input, _closed.Token);
            (_url, _name) = (Addresses.Of(made.Token, new Uri(Product)), null);
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
            await Shares.RevokeAsync(share.Id, _closed.Token);
            _problem = null;
        }
        catch (UserErrorException problem) when (problem.Kind == UserErrorKind.NotFound)
        {
            // Somebody else did, a moment ago.
        }

        if (_shares is [var newest, ..] && newest.Id == share.Id)
            _url = null; // it may be the one that stands there
        await ListAsync();
    }

    private async Task ListAsync()
    {
        try
        {
            var page = await Queries.ListAsync(ExperimentId, null, ListedAtOnce, _closed.Token);
            (_shares, _more) = (page.Items, page.NextCursor);
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

    private async Task MoreAsync()
    {
        var page = await Queries.ListAsync(ExperimentId, _more, ListedAtOnce, _closed.Token);
        (_shares, _more) = ([.. _shares, .. page.Items], page.NextCursor);
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
