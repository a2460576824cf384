using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Web.Compare;

/// <summary>How far runs are, in words.</summary>
public static class RunProgressWords
{
    /// <summary>"running, 120 of 300"; a run that is over by its status alone.</summary>
    public static string Status(RunChoice choice) =>
        choice is { Status: "running" or "paused", Total: > 0 } ? $"{choice.Status}, {Figures.Count(choice.Done)} of {Figures.Count(choice.Total)}" : choice.Status;

    /// <summary>What the figures of runs that are shown and not yet over stand for; null where all are over.</summary>
    public static string? Of(IReadOnlyList<RunChoice> choices, IReadOnlyList<CompareRow> rows)
    {
        var open = choices
            .Where(choice => choice.IsUnderWay)
            .Select(choice => rows.FirstOrDefault(row => row.Run.RunId == choice.RunId) is { } row ? $"{row.Name.Full} is {SoFar(choice)}" : null)
            .OfType<string>()
            .ToList();
        return open.Count == 0 ? null : $"{string.Join("; ", open)}. The figures are of what is there and follow as answers come in.";
    }

    private static string SoFar(RunChoice choice) =>
        choice is { Status: "running" or "paused", Total: > 0 } ? $"{choice.Status}, so far {Figures.Count(choice.Done)} of {Figures.Count(choice.Total, "sample", "samples")}" : choice.Status;
}
