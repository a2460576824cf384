using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Start;

namespace LogprobDashboard.Web.Start;

/// <summary>
/// What a start shows. No draft: nothing is chosen yet. <paramref name="Datasets"/> is there at the first step, <paramref name="Sample"/> at the last.
/// </summary>
public sealed record StartScreen(DraftStep Step, DraftRecord? Draft, DraftGround Ground, DatasetPage? Datasets, SampleRecord? Sample, int SampleIndex);
