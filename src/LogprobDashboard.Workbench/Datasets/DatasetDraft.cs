using System.Globalization;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>What is known of a dataset before its rows are written, what is added after them, and what others get to see.</summary>
internal static class DatasetDraft
{
    private const int LongestName = 200;

    public static Dataset Begin(Reading read, string? name, DateTimeOffset now)
    {
        var file = read.File.File;
        return new Dataset
        {
            Name = Name(name, file.FileName),
            ContentHash = file.ContentHash,
            FileName = file.FileName,
            FileBytes = file.Bytes,
            Format = read.Format,
            Encoding = read.Encoding,
            Delimiter = read.Delimiter,
            Quoting = read.Quoting,
            HasHeader = read.HasHeader,
            Columns = read.Columns,
            TextColumn = read.Mapping.Text,
            LabelColumn = read.Mapping.Label,
            SourceColumn = read.Mapping.Source,
            IdColumn = read.Mapping.Id,
            CreatedAt = now,
        };
    }

    public static void Complete(this Dataset dataset, Reading read, SampleRows rows, int count, string? twin, DateTimeOffset now)
    {
        if (count == 0)
            throw NoText(read, rows.RowsRead);
        dataset.RowCount = count;
        dataset.Columns = [.. rows.Columns];
        dataset.Labels = [.. rows.Labels.ByCount().Select(entry => new LabelCount(entry.Value, entry.Count))];
        dataset.Sources = [.. rows.Sources.ByCount().Select(entry => new SourceCount(entry.Value, entry.Count))];
        dataset.Warnings = Warnings(read, rows, twin);
        dataset.ImportedAt = now;
    }

    public static DatasetRecord ToRecord(this Dataset dataset) => new(
        Ids.Format(dataset.Id),
        dataset.Name,
        dataset.ContentHash,
        dataset.RowCount,
        dataset.Columns,
        dataset.TextColumn,
        dataset.LabelColumn,
        dataset.SourceColumn,
        dataset.IdColumn,
        dataset.Labels,
        dataset.Sources,
        dataset.FileName,
        dataset.FileBytes,
        dataset.Format,
        dataset.Encoding,
        dataset.Delimiter,
        dataset.Quoting,
        dataset.HasHeader,
        dataset.Warnings,
        dataset.CreatedAt);

    /// <summary>All that is to be said once every row has been seen.</summary>
    public static IReadOnlyList<ImportWarning> Warnings(Reading read, SampleRows rows, string? twin) => [.. read.Warnings, .. Found(read.Mapping, rows, twin), .. rows.Notes.ToWarnings()];

    private static IEnumerable<ImportWarning> Found(ColumnMapping mapping, SampleRows rows, string? twin)
    {
        if (twin is not null)
            yield return new ImportWarning("sameContent", $"The dataset \"{twin}\" was imported from a file with the same content.");
        if (rows.Labels.HasMore)
            yield return TooMany("manyLabels", mapping.Label!, "labels", "labelColumn");
        if (rows.Sources.HasMore)
            yield return TooMany("manySources", mapping.Source!, "sources", "sourceColumn");
    }

    private static ImportWarning TooMany(string code, string column, string what, string field) => new(
        code,
        string.Create(CultureInfo.InvariantCulture, $"The column \"{column}\" has more than {ValueCounts.MostValues:N0} different {what}; only the first {ValueCounts.MostValues:N0} are listed. If it is another kind of column, choose another for the {what} on import, or none ({field})."));

    public static UserErrorException NoText(Reading read, int rows) => UserErrorException.Field(
        "textColumn",
        rows == 0 ? "The file holds no row." : string.Create(CultureInfo.InvariantCulture, $"None of the {rows:N0} rows has text in the column \"{read.Mapping.Text}\"."),
        "Choose the column that holds the text (textColumn), or a file with at least one row of text.");

    private static string Name(string? given, string fileName)
    {
        var name = string.IsNullOrWhiteSpace(given) ? Path.GetFileNameWithoutExtension(fileName) : given.Trim();
        if (string.IsNullOrWhiteSpace(name))
            name = "dataset";
        return name.Length <= LongestName ? name : throw UserErrorException.Field("name", "The name is too long.", $"Give one of at most {LongestName} characters.");
    }
}
