namespace LogprobDashboard.Workbench.Prompts;

public sealed record VariantInput(string? Name, string? System = null, string? User = null);

/// <summary>A variant at its newest version.</summary>
public sealed record VariantRecord(string Id, string ExperimentId, string Name, int Version, string? System, string User, DateTimeOffset CreatedAt);
