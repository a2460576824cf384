using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Experiments;

/// <summary>A page of the list, and the unfinished starts that stand above its first page.</summary>
public sealed record ExperimentsScreen(ExperimentListView List, IReadOnlyList<DraftRecord> Drafts);
