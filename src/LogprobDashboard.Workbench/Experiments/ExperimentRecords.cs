namespace LogprobDashboard.Workbench.Experiments;

/// <summary>A label and the surface forms that stand for it; no words: its own name.</summary>
public sealed record ExperimentLabel(string Name, IReadOnlyList<string>? Words = null)
{
    internal IReadOnlyList<string> EffectiveWords => Words is { Count: > 0 } ? Words : [Name];
}

public sealed record ExperimentInput(string? Name, string? DatasetId, string? EndpointId = null, IReadOnlyList<ExperimentLabel>? Labels = null, string? PositiveLabel = null);

/// <summary>Fields left out stay as they are.</summary>
public sealed record ExperimentChange(string? Name = null, string? EndpointId = null, IReadOnlyList<ExperimentLabel>? Labels = null, string? PositiveLabel = null);

/// <summary>Something that will spoil the numbers unless it is seen to.</summary>
public sealed record ExperimentWarning(string Code, string Message);

public sealed record ExperimentRecord(
    string Id,
    string Name,
    string Url,
    string DatasetId,
    string? EndpointId,
    IReadOnlyList<ExperimentLabel> Labels,
    string PositiveLabel,
    IReadOnlyList<ExperimentWarning> Warnings,
    DateTimeOffset CreatedAt);
