using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Prompts;

/// <param name="ExpectedVersion">On a change: the version that the words were written from. Where another one has become the newest meanwhile nothing is overwritten. Left out: whatever is there is followed.</param>
public sealed record VariantInput(string? Name, string? System = null, string? User = null, int? ExpectedVersion = null);

/// <summary>A variant's new name.</summary>
public sealed record VariantName(string? Name);

/// <summary>A variant at its newest version.</summary>
public sealed record VariantRecord(string Id, string ExperimentId, string Name, int Version, string? System, string User, DateTimeOffset CreatedAt);

/// <summary>A run that a version made.</summary>
public sealed record VersionRun(string Id, string Name, RunStatus Status, int Completed, int Total, string Model);

/// <summary>The words of a variant at one time, and the runs that asked with them.</summary>
public sealed record VariantVersionRecord(int Version, string? System, string User, DateTimeOffset CreatedAt, IReadOnlyList<VersionRun> Runs);

/// <summary>How far a variant is in use: its runs, those of its newest version, and those that are queued or running.</summary>
public sealed record VariantUse(int Runs, int NewestRuns, int Going)
{
    public static VariantUse None { get; } = new(0, 0, 0);
}
