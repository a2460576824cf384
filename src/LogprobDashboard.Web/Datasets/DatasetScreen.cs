using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>A dataset, the page of its samples that is shown, and who uses it.</summary>
public sealed record DatasetScreen(DatasetRecord Dataset, SamplesPage Samples, IReadOnlyList<DatasetUse> Uses)
{
    /// <summary>Columns that have no role.</summary>
    public IReadOnlyList<string> Metadata { get; } =
        [.. Dataset.Columns.Where(column => column != Dataset.TextColumn && column != Dataset.LabelColumn && column != Dataset.SourceColumn && column != Dataset.IdColumn)];
}
