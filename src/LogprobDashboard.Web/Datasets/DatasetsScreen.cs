using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>The list of datasets, and the files that wait to become one.</summary>
public sealed record DatasetsScreen(DatasetsPage Datasets, IReadOnlyList<StagedUpload> Waiting, long MaxBytes);
