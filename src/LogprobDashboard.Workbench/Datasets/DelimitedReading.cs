using System.Globalization;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>How a delimited file is to be read: its delimiter, its quotes, its header, its columns.</summary>
internal static class DelimitedReading
{
    private const int SurveyedRows = 2_000;
    private const int ShownRows = 20;

    public static Reading Read(DetectedEncoding encoding, TextHead head, FileFormat format, ReadingOptions options, CancellationToken cancellationToken)
    {
        var file = encoding.File;
        var delimiter = options.DelimiterCharacter() ?? (IsGiven(options.Format, FileFormat.Tsv, format) ? '\t' : DelimiterDetection.Detect(head, format));
        var scan = TextHead.ScanWhole(file, delimiter ?? Dialect.NoDelimiter, cancellationToken);
        var dialect = new Dialect(delimiter, options.QuotingChoice() ?? QuotingChoice.Choose(scan));
        var shape = scan.ShapeUnder(dialect.Quoting);
        if (shape.Records == 0)
            throw ReadingErrors.Empty();
        if (shape.LongestRecord > RowReader.MaxRowLength)
            throw ReadingErrors.RowTooLong(string.Create(CultureInfo.InvariantCulture, $"Record {shape.LongestRecordAt} of the file"), RowReader.MaxRowLength);

        var warnings = new List<ImportWarning>();
        if (encoding.Warning is not null)
            warnings.Add(encoding.Warning);
        if (dialect.Quoting == Quoting.Csv && scan.IsUnclosed)
            warnings.Add(new ImportWarning("unclosedQuote", "A quotation mark is never closed: the last row takes everything after it. Give quoting=none to take quotes as they stand."));
        var first = DelimitedRows.FirstRecord(file, dialect);
        var hasHeader = HasHeader(file, dialect, first, shape, options.HasHeader, warnings, cancellationToken);
        var columns = hasHeader ? ColumnNames.FromHeader(first, warnings) : ColumnNames.Numbered(Math.Max(shape.Width, 1));
        var choice = new ColumnChoice(columns, options, hasHeader, Surveys(file, dialect, hasHeader, columns, cancellationToken)).TryChoose(warnings);
        return new Reading(file)
        {
            Format = delimiter == '\t' ? "tsv" : "csv",
            Encoding = encoding.Name,
            Delimiter = delimiter?.ToString(),
            Quoting = dialect.Quoting == Quoting.Csv ? "csv" : "none",
            HasHeader = hasHeader,
            Columns = columns,
            Choice = choice,
            FirstRows = FirstRows(file, dialect, hasHeader, columns),
            Warnings = warnings,
            Dialect = dialect,
        };
    }

    private static bool IsGiven(string? given, FileFormat format, FileFormat found) => !string.IsNullOrWhiteSpace(given) && format == found;

    private static bool HasHeader(
        TextFile file, Dialect dialect, IReadOnlyList<string> first, TableShape shape, bool? promised, List<ImportWarning> warnings, CancellationToken cancellationToken)
    {
        if (promised == false)
            return false;
        using var rows = new DelimitedRows(file, dialect, hasHeader: true, first);
        var judged = HeaderDetection.Judge(first, ColumnSurvey.Take(rows, SurveyedRows, cancellationToken));
        if (judged == FirstRow.Data)
            return promised is null ? false : throw ReadingErrors.NoHeader(first);
        if (shape.Records == 1)
            throw ReadingErrors.OnlyHeader(first);
        if (judged == FirstRow.Unclear && promised is null)
            warnings.Add(new ImportWarning("headerAssumed", "The first row was taken as the names of the columns, though none is a usual one. If it is a row of data, import the file as one without a header (hasHeader=false)."));
        return true;
    }

    /// <summary>A pass over the whole file, made once and only where names do not tell: in a sorted file the head shows one label.</summary>
    private static Func<IReadOnlyList<ColumnSurvey>> Surveys(TextFile file, Dialect dialect, bool hasHeader, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var surveys = new Lazy<IReadOnlyList<ColumnSurvey>>(() =>
        {
            using var rows = new DelimitedRows(file, dialect, hasHeader, columns);
            return ColumnSurvey.Take(rows, int.MaxValue, cancellationToken);
        });
        return () => surveys.Value;
    }

    private static List<IReadOnlyList<string?>> FirstRows(TextFile file, Dialect dialect, bool hasHeader, IReadOnlyList<string> columns)
    {
        using var rows = new DelimitedRows(file, dialect, hasHeader, columns);
        var shown = new List<IReadOnlyList<string?>>();
        while (shown.Count < ShownRows && rows.Read())
            shown.Add([.. Enumerable.Range(0, columns.Count).Select(rows.Cell)]);
        return shown;
    }
}
