namespace LogprobDashboard.Workbench.Datasets;

public sealed record LabelCount(string Label, int Count);

public sealed record SourceCount(string Source, int Count);

/// <summary>
/// Something a person should know about a file that was imported all the same: one warning for each code.
/// <paramref name="Row"/> is the first row it is true of; it counts the file's data rows from 1, the header and blank lines left out.
/// <paramref name="Rows"/> holds the first twenty of them, <paramref name="Count"/> says how many there are.
/// </summary>
public sealed record ImportWarning(string Code, string Message, int? Row = null, int? Count = null, IReadOnlyList<int>? Rows = null);

/// <summary>
/// A dataset as it was read. <paramref name="Delimiter"/>, <paramref name="Quoting"/> and <paramref name="HasHeader"/> are null where the format has none;
/// a delimited file of one column has no <paramref name="Delimiter"/> either.
/// </summary>
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
    string FileName,
    long FileBytes,
    string Format,
    string Encoding,
    string? Delimiter,
    string? Quoting,
    bool? HasHeader,
    IReadOnlyList<ImportWarning> Warnings,
    DateTimeOffset CreatedAt)
{
    /// <summary>The source's column first, then all that are neither text, label nor id.</summary>
    public IReadOnlyList<string> ColumnsToSliceBy()
    {
        List<string?> taken = [TextColumn, LabelColumn, IdColumn, SourceColumn];
        return [.. SourceColumn is null ? (IEnumerable<string>)[] : [SourceColumn], .. Columns.Where(column => !taken.Contains(column))];
    }
}

/// <summary>
/// One row. <paramref name="Metadata"/> holds every column that is not text, label, source or id: strings from a delimited file; from JSON Lines
/// strings, <see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>, <see cref="bool"/>, null, lists and dictionaries of these.
/// </summary>
public sealed record SampleRecord(
    int Index,
    string? Id,
    string Text,
    string? Label,
    string? Source,
    IReadOnlyDictionary<string, object?> Metadata);

/// <summary>Which samples a page of them is taken from. <paramref name="Search"/> is a part of the text, whatever its case.</summary>
public sealed record SamplesFilter(string? Search = null, string? Label = null, string? Source = null);

/// <summary>
/// Label and source of every sample, by index: <c>Labels[LabelCodes[index]]</c>, and -1 where there is none. Two small integers a sample, so that a run over
/// a million samples is chosen and analysed without their texts.
/// </summary>
public sealed record SampleColumns(
    IReadOnlyList<string> Labels,
    int[] LabelCodes,
    IReadOnlyList<string> Sources,
    int[] SourceCodes)
{
    public int Count => LabelCodes.Length;

    public string? LabelAt(int index) => LabelCodes[index] < 0 ? null : Labels[LabelCodes[index]];

    public string? SourceAt(int index) => SourceCodes[index] < 0 ? null : Sources[SourceCodes[index]];
}
