namespace LogprobDashboard.Workbench.Experiments;

/// <summary>
/// What the head of every page of an experiment says. <paramref name="PositiveCount"/> counts the dataset's samples that carry the positive label;
/// endpoint, model and host are null where the experiment has no endpoint.
/// </summary>
public sealed record ExperimentSummary(
    string Id,
    string Name,
    string DatasetId,
    string DatasetName,
    int SampleCount,
    IReadOnlyList<ExperimentLabel> Labels,
    string PositiveLabel,
    int PositiveCount,
    string? EndpointId,
    string? EndpointName,
    string? Model,
    string? Host,
    int VariantCount,
    int RunCount,
    int RunningCount);
