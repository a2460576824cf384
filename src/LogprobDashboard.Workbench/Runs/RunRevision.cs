namespace LogprobDashboard.Workbench.Runs;

/// <summary>Which results of a run, and which labels of its experiment, something was made of.</summary>
internal readonly record struct RunRevision(int Results, int Labels);
