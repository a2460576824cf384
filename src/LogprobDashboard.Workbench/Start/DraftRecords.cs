namespace LogprobDashboard.Workbench.Start;

/// <summary>A draft. <paramref name="Version"/> counts its changes; <paramref name="ExperimentId"/> is set where the experiment is made and only its first run is missing.</summary>
public sealed record DraftRecord(string Id, int Version, DraftContent Content, string? ExperimentId, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>What a draft begins with: nothing, a dataset, or a copy of an experiment's set-up.</summary>
public sealed record DraftInput(string? DatasetId = null, string? ExperimentId = null);

/// <summary>A draft's content whole. <paramref name="Version"/> is the one that it was made from; left out, whatever is stored is replaced.</summary>
public sealed record DraftChange(DraftContent? Content, int? Version = null);

/// <summary>What a draft is made into: an experiment with its first prompt, and with <paramref name="Run"/> a run of it on the draft's number of samples.</summary>
public sealed record DraftCompletionInput(bool Run = false);

/// <summary>What became of a draft.</summary>
public sealed record DraftCompleted(string ExperimentId, IReadOnlyList<string> RunIds);
