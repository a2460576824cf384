namespace LogprobDashboard.Workbench.Datasets;

/// <summary>How a file of JSON Lines is to be read: its columns are the keys of its first rows, or of all where those do not tell.</summary>
internal static class JsonLinesReading
{
    private const int SurveyedRows = 1_000;
    private const int ShownRows = 20;

    public static Reading Read(DetectedEncoding encoding, ReadingOptions options, CancellationToken cancellationToken)
    {
        if (options.HasHeader == true)
            throw UserErrorException.Field("hasHeader", "A file of JSON Lines has no header.", "Leave hasHeader out, or give the format that the file really has.");
        var (columns, surveys) = Survey(encoding.File, SurveyedRows, cancellationToken);
        if (columns.Count == 0)
            throw ReadingErrors.Empty();
        if (NeedsAllRows(columns, options))
            (columns, surveys) = Survey(encoding.File, int.MaxValue, cancellationToken);
        var warnings = new List<ImportWarning>();
        if (encoding.Warning is not null)
            warnings.Add(encoding.Warning);
        return new Reading(encoding.File)
        {
            Format = "jsonl",
            Encoding = encoding.Name,
            Columns = columns,
            Choice = new ColumnChoice(columns, options, hasNames: true, () => surveys).TryChoose(warnings),
            FirstRows = FirstRows(encoding.File, columns),
            Warnings = warnings,
        };
    }

    private static bool NeedsAllRows(IReadOnlyList<string> columns, ReadingOptions options)
    {
        var given = new[] { options.TextColumn, options.LabelColumn, options.SourceColumn, options.IdColumn };
        return given.Any(name => !string.IsNullOrWhiteSpace(name) && !columns.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));
    }

    private static (IReadOnlyList<string> Columns, IReadOnlyList<ColumnSurvey> Surveys) Survey(TextFile file, int maxRows, CancellationToken cancellationToken)
    {
        using var rows = new JsonLinesRows(file, []);
        var surveys = ColumnSurvey.Take(rows, maxRows, cancellationToken);
        return ([.. rows.Columns], surveys);
    }

    private static List<IReadOnlyList<string?>> FirstRows(TextFile file, IReadOnlyList<string> columns)
    {
        using var rows = new JsonLinesRows(file, columns);
        var shown = new List<IReadOnlyList<string?>>();
        while (shown.Count < ShownRows && rows.Read())
            shown.Add([.. Enumerable.Range(0, columns.Count).Select(rows.Cell)]);
        return shown;
    }
}
