using System.Runtime.CompilerServices;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>What was computed from a run's score columns lives as long as they do: the cache of the columns bounds both.</summary>
internal static class JudgedRuns
{
    private static readonly ConditionalWeakTable<RunScores, JudgedRun> Judged = [];

    /// <summary>All sources.</summary>
    public static JudgedRun Of(RunScores scores) => Judged.GetValue(scores, static columns => new JudgedRun(columns, source: null));
}
