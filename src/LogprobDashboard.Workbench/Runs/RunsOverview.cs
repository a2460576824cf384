namespace LogprobDashboard.Workbench.Runs;

/// <summary>A run, how well it does, and, where something went wrong in it, what.</summary>
/// <param name="Curve">By what is done of it; null where that is not known yet, or no answer is there.</param>
/// <param name="TokensAreEstimated">The server tells nothing of tokens, so that they are our own count.</param>
public sealed record RunOverview(RunRecord Run, RunFailures? Failures, RunCurve? Curve = null, bool TokensAreEstimated = false);

/// <summary>The runs of an experiment, the newest first, with how many there are in all and how many are queued, running or paused.</summary>
public sealed record RunsOverview(string ExperimentId, IReadOnlyList<RunOverview> Items, string? NextCursor, int Count, int UnderWay)
{
    /// <summary>Whether a reader would see a difference.</summary>
    internal bool Shows(RunsOverview other) =>
        Count == other.Count && UnderWay == other.UnderWay && NextCursor == other.NextCursor && Items.Count == other.Items.Count
        && Items.Zip(other.Items).All(pair => ReferenceEquals(pair.First.Failures, pair.Second.Failures) && ReferenceEquals(pair.First.Curve, pair.Second.Curve) && Plain(pair.First.Run) == Plain(pair.Second.Run));

    /// <summary>The sources of a run never change, and lists are not compared by what is in them.</summary>
    private static RunRecord Plain(RunRecord run) => run with { Sources = [] };
}
