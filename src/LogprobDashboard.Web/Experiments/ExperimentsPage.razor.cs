using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Experiments;

/// <summary>Every experiment, with the best that it reached.</summary>
public sealed partial class ExperimentsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ExperimentOverview>? _experiments;

    /// <summary>From the prerendered page to the interactive one.</summary>
    [PersistentState]
    public string? HandoverToken { get; set; }

    [Inject]
    private CompareQueries Queries { get; set; } = null!;

    [Inject]
    private PrerenderHandover Handover { get; set; } = null!;

    private int Running => _experiments?.Sum(experiment => experiment.RunningCount) ?? 0;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive && Handover.TryTake(HandoverToken, out _experiments))
            return;
        try
        {
            _experiments = await Queries.OverviewAsync(_leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }

        if (!RendererInfo.IsInteractive)
            HandoverToken = Handover.Leave(_experiments);
    }
}
