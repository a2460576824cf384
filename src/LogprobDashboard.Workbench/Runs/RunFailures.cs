using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What went wrong in a run, by reason, the most frequent first: calls without an answer, and answers that cannot be scored.</summary>
public sealed record RunFailures(IReadOnlyList<FailureGroup> Failed, IReadOnlyList<UnscorableGroup> Unscorable);

/// <summary>The failed calls of one kind; the most frequent messages, and how many others there are.</summary>
public sealed record FailureGroup(FailureKind Kind, int Count, IReadOnlyList<FailureMessage> Messages, int FurtherMessages);

/// <summary>A sentence that calls failed with, and the first samples it befell.</summary>
public sealed record FailureMessage(string Message, int Count, IReadOnlyList<int> Samples);

/// <summary>The answers that cannot be scored for one reason, and the first samples it befell.</summary>
public sealed record UnscorableGroup(UnscorableReason Reason, string Message, int Count, IReadOnlyList<int> Samples);
