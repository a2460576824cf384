using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>
/// What the import page shows. Without an upload: the way to send one, and those that wait. With one: a preview of it, or why there is none, or the import that is under way,
/// or the dataset that it became. <paramref name="Columns"/> are the file's, or those of the last reading that found some, so that a choice can always be corrected.
/// </summary>
public sealed record ImportScreen(
    StagedUpload? Upload,
    ReadingOptions Options,
    ReadingPreview? Preview = null,
    UserErrorException? Problem = null,
    UploadImport? Import = null,
    IReadOnlyList<string>? Columns = null)
{
    public IReadOnlyList<StagedUpload> Waiting { get; init; } = [];

    public long MaxBytes { get; init; }

    /// <summary>The reading is still to come.</summary>
    public bool IsUnread => Upload is { DatasetId: null } && Preview is null && Problem is null && Import is null;

    public bool CanImport => Preview is { Problem: null } && Problem is null && Import is null;

    /// <summary>Rows that a warning is about.</summary>
    public IReadOnlySet<int> Odd => (Preview?.NotedRows ?? []).Select(row => row.Row).ToHashSet();

    public ColumnRoles Roles => Preview is null ? new ColumnRoles(Options.TextColumn, Blank(Options.LabelColumn), Blank(Options.SourceColumn), Blank(Options.IdColumn)) : ColumnRoles.Of(Preview, Options);

    private static string? Blank(string? column) => string.IsNullOrWhiteSpace(column) ? null : column;
}
