using LogprobDashboard.Workbench.Runs;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Runs;

/// <content>How the page follows runs that go on: it listens while somebody can see it, and not otherwise.</content>
public sealed partial class RunsPage
{
    private IDisposable? _listening;
    private string? _listeningTo;
    private RunAnnouncer? _announcer;
    private string? _announcement;
    private RunsOverview? _heard;
    private RunsOverview? _live;
    private bool _hidden;

    [Inject]
    private RunProgressFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>The list as it is known now. Further pages of it keep their own runs.</summary>
    private RunsOverview Runs => _live is null ? Screen!.Runs : _state.Before is null ? _live : Screen!.Runs with { Count = _live.Count, UnderWay = _live.UnderWay };

    private IReadOnlyList<RunOverview> Items => Runs.Items;

    private void Listen()
    {
        if (_hidden || Screen is null || Problem is not null || _listeningTo == Id)
            return;
        StopListening();
        _announcer = new RunAnnouncer(Time);
        (_listeningTo, _announcement, _live) = (Id, null, null);
        _listening = Feed.Listen(Id, Hear);
    }

    private void StopListening()
    {
        _listening?.Dispose();
        (_listening, _listeningTo) = (null, null);
    }

    private void SeeAsync(bool visible)
    {
        _hidden = !visible;
        if (_hidden)
            StopListening();
        else
            Listen(); // the feed begins with the newest
    }

    /// <summary>Called by the feed on a thread of its own. Where the page has not drawn the last news yet, only the newest of them will be.</summary>
    private void Hear(RunsOverview overview)
    {
        if (Interlocked.Exchange(ref _heard, overview) is null)
            _ = ShowAsync();
    }

    private async Task ShowAsync()
    {
        try
        {
            await InvokeAsync(async () =>
            {
                if (Interlocked.Exchange(ref _heard, null) is not { } overview || overview.ExperimentId != _listeningTo)
                    return;
                if (Items.Any(item => RunWords.IsUnderWay(item.Run.Status) && overview.Items.Any(now => now.Run.Id == item.Run.Id && !RunWords.IsUnderWay(now.Run.Status))))
                    _costOf = null; // a run ended: the cache knows more now
                _live = overview;
                _announcement = _announcer?.Next(overview.Items) ?? _announcement;
                await ReadOpenLogsAsync();
                StateHasChanged();
            });
        }
        catch (ObjectDisposedException)
        {
            // The page was closed in this moment.
        }
    }
}
