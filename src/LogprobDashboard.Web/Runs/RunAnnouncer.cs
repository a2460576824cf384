using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>What is said aloud of runs that go on: every change of state at once, how far they are every fifteen seconds, and nothing else.</summary>
internal sealed class RunAnnouncer(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private Dictionary<string, RunStatus>? _known;
    private long _spoken;

    /// <returns>Null where there is nothing to say now.</returns>
    public string? Next(IReadOnlyList<RunOverview> items)
    {
        var before = _known;
        _known = items.ToDictionary(item => item.Run.Id, item => item.Run.Status);
        if (before is null)
        {
            _spoken = time.GetTimestamp();
            return null;
        }

        var changed = items.Select(item => item.Run).Where(run => !before.TryGetValue(run.Id, out var status) || status != run.Status).ToList();
        if (changed.Count > 0)
            return Speak(string.Join(" ", changed.Select(run => $"{RunWords.Name(run)}: {RunWords.Status(run.Status)}.")));
        var running = items.Select(item => item.Run).Where(run => run.Status == RunStatus.Running).ToList();
        return running.Count > 0 && time.GetElapsedTime(_spoken) >= Quiet
            ? Speak(string.Join(" ", running.Select(run => $"{RunWords.Name(run)}: {Figures.Count(run.Completed + run.Failed)} of {Figures.Count(run.Total)}.")))
            : null;
    }

    private string Speak(string words)
    {
        _spoken = time.GetTimestamp();
        return words;
    }
}
