namespace LogprobDashboard.Web.Compare;

/// <summary>Whether the runs share one rule or threshold, or have one each: linked unless a run has its own.</summary>
public static class ThresholdLink
{
    public static bool IsLinked(CompareState state) => state.Thresholds.Count == 0;

    /// <summary>Each run keeps the threshold that it has, as its own; one that flags none goes on following the rule.</summary>
    public static CompareState Unlinked(CompareState state, IReadOnlyList<CompareRow> rows) =>
        state with { Thresholds = rows.Where(row => row.Run.Chosen?.Threshold is not null).ToDictionary(row => row.Run.RunId, row => row.Run.Chosen!.Threshold!.Value) };

    /// <summary>Back to what all have in common.</summary>
    public static CompareState Linked(CompareState state) => state with { Thresholds = new Dictionary<string, double>() };

    /// <summary>What a drag has changed once it is over.</summary>
    public static CompareState Moved(CompareState state, IReadOnlyList<CompareRow> rows, ThresholdDrag drag) =>
        IsLinked(state) ? state.WithThreshold(drag.Threshold) : While(state, rows, drag).Aggregate(state, (moved, run) => moved.WithThresholdOf(run.Key, run.Value));

    /// <summary>The thresholds of the runs that a drag moves, by run.</summary>
    public static IReadOnlyDictionary<string, double> While(CompareState state, IReadOnlyList<CompareRow> rows, ThresholdDrag drag) => rows
        .Where(row => drag.RunId is null ? !state.Hidden.Contains(row.Run.RunId) : IsLinked(state) || row.Run.RunId == drag.RunId)
        .ToDictionary(row => row.Run.RunId, _ => drag.Threshold);
}
