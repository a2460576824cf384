namespace LogprobDashboard.Workbench.Datasets;

public sealed record LabelCount(string Label, int Count);

public sealed record SourceCount(string Source, int Count);

/// <summary>Something a person should know about a file that was imported all the same. <paramref name="Row"/> counts the file's data rows from 1, the header left out.</summary>
public sealed record ImportWarning(string Code, string Message, int? Row = null, int? Count = null);

public sealed record DatasetRecord(
    string Id,
    string Name,
    string ContentHash,
    int RowCount,
    IReadOnlyList<string> Columns,
    string TextColumn,
    string? LabelColumn,
    string? SourceColumn,
    string? IdColumn,
    IReadOnlyList<LabelCount> Labels,
    IReadOnlyList<SourceCount> Sources,
    string Format,
    string Encoding,
    string? Delimiter,
    string? Quoting,
    IReadOnlyList<ImportWarning> Warnings,
    DateTimeOffset CreatedAt);

/// <summary>One row. <paramref name="Metadata"/> holds every column that is not text, label, source or id.</summary>
public sealed record SampleRecord(
    int Index,
    string? Id,
    string Text,
    string? Label,
    string? Source,
    IReadOnlyDictionary<string, object?> Metadata);
