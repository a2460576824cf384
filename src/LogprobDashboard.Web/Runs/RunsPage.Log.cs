using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Runs;
using Microsoft.AspNetCore.Components;

namespace LogprobDashboard.Web.Runs;

/// <content>The logs of runs: looked up when one is opened, and again while it stands open and its run goes on.</content>
public sealed partial class RunsPage
{
    private const int LogLines = 100;

    private readonly Dictionary<string, PagedResult<RunEventRecord>?> _logs = [];

    [Inject]
    private RunsQueries RunsQueries { get; set; } = null!;

    private async Task ToggleLogAsync(string runId, bool open)
    {
        if (open)
            await ReadLogAsync(runId);
        else
            _logs.Remove(runId);
    }

    /// <summary>Once for everything that was heard: a log is a few lines by an index.</summary>
    private async Task ReadOpenLogsAsync()
    {
        foreach (var runId in _logs.Keys.ToList())
            await ReadLogAsync(runId);
    }

    private async Task ReadLogAsync(string runId)
    {
        try
        {
            _logs[runId] = await RunsQueries.EventsAsync(runId, null, LogLines, CancellationToken.None);
        }
        catch (UserErrorException)
        {
            _logs.Remove(runId); // the run was deleted in this moment
        }
    }
}
