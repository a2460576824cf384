using System.Text.Json.Serialization;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// A row as it was cut into cells: fewer than there are columns where cells are missing, more where there are too many; null where a JSON object has no such key.
/// <paramref name="Row"/> counts the file's data rows from 1. A cell of more than 1,000 characters ends in "…".
/// </summary>
public sealed record PreviewRow(int Row, IReadOnlyList<string?> Cells);

/// <summary>
/// What an import would make of a file: how it is read, its first rows, what all of its rows hold, and the first rows of each kind that the warnings name.
/// With a <see cref="Problem"/> it cannot be imported like that: the rest is what could be seen all the same, and <paramref name="RowCount"/> is not complete.
/// </summary>
public sealed record ReadingPreview(
    string Format,
    string Encoding,
    string? Delimiter,
    string? Quoting,
    bool? HasHeader,
    IReadOnlyList<string> Columns,
    string? TextColumn,
    string? LabelColumn,
    string? SourceColumn,
    string? IdColumn,
    IReadOnlyList<PreviewRow> FirstRows,
    int RowsRead,
    int RowCount,
    IReadOnlyList<LabelCount> Labels,
    IReadOnlyList<SourceCount> Sources,
    IReadOnlyList<ImportWarning> Warnings,
    IReadOnlyList<PreviewRow> NotedRows)
{
    [JsonIgnore]
    public UserErrorException? Problem { get; init; }

    internal static ReadingPreview Of(Reading reading, UserErrorException problem) => new(
        reading.Format,
        reading.Encoding,
        reading.Delimiter,
        reading.Quoting,
        reading.HasHeader,
        reading.Columns,
        reading.Choice.Mapping?.Text,
        reading.Choice.Mapping?.Label,
        reading.Choice.Mapping?.Source,
        reading.Choice.Mapping?.Id,
        [.. reading.FirstRows.Select((cells, row) => RowWatch.Cut(row + 1, cells))],
        0,
        0,
        [],
        [],
        reading.Warnings,
        [])
    { Problem = problem };

    internal static ReadingPreview Of(Reading reading, SampleRows rows, RowWatch watch, int count, string? twin) => new(
        reading.Format,
        reading.Encoding,
        reading.Delimiter,
        reading.Quoting,
        reading.HasHeader,
        [.. rows.Columns],
        reading.Mapping.Text,
        reading.Mapping.Label,
        reading.Mapping.Source,
        reading.Mapping.Id,
        watch.First,
        rows.RowsRead,
        count,
        [.. rows.Labels.ByCount().Select(entry => new LabelCount(entry.Value, entry.Count))],
        [.. rows.Sources.ByCount().Select(entry => new SourceCount(entry.Value, entry.Count))],
        DatasetDraft.Warnings(reading, rows, twin),
        watch.Noted)
    { Problem = count == 0 ? DatasetDraft.NoText(reading, rows.RowsRead) : null };
}
