using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Sharing;

/// <summary>Where the figures of a view come from.</summary>
public sealed record Provenance(string Dataset, string FileName, string ContentHash, int Samples, IReadOnlyList<ExperimentLabel> Labels, IReadOnlyList<RunProvenance> Runs);

/// <summary>What a run asked, whom, and when. Where log probs were recorded elsewhere there is no prompt, and the model is told by whoever imported them.</summary>
public sealed record RunProvenance(string RunId, string Name, DecisionPrompt? Prompt, DecisionModel Model, int Samples, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);
