namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// Finds the columns of text, label, source and id: as given, else by name, else by what stands in them (the long, varied one is the text, the one of few values the label).
/// </summary>
internal sealed class ColumnChoice(IReadOnlyList<string> columns, ReadingOptions options, bool hasNames, Func<IReadOnlyList<ColumnSurvey>> survey)
{
    private const int MostLabels = 50;
    private const int LongestLabel = 40;
    private const double LeastTextLength = 6;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A choice that cannot be made is no reason to show nothing of the file.</summary>
    public MappingChoice TryChoose(List<ImportWarning> warnings)
    {
        try
        {
            return new MappingChoice(Choose(warnings), null);
        }
        catch (UserErrorException problem)
        {
            return new MappingChoice(null, problem);
        }
    }

    private ColumnMapping Choose(List<ImportWarning> warnings)
    {
        var text = Given("textColumn", options.TextColumn);
        var label = Given("labelColumn", options.LabelColumn);
        var source = Given("sourceColumn", options.SourceColumn);
        var id = Given("idColumn", options.IdColumn);

        text ??= Named(KnownColumns.Text);
        if (options.LabelColumn is null)
            label ??= Named(KnownColumns.Label);
        if (options.SourceColumn is null)
            source ??= Named(KnownColumns.Source);
        if (options.IdColumn is null)
            id ??= Named(KnownColumns.Id);
        text ??= OfPair("v2", "v1") ?? Ending(KnownColumns.TextEndings);
        if (options.LabelColumn is null)
            label ??= OfPair("v1", "v2") ?? Ending(KnownColumns.LabelEndings);

        var guessed = new List<string>();
        text ??= TextByContent(guessed) ?? throw ReadingErrors.NoTextColumn(columns);
        if (options.LabelColumn is null)
            label ??= LabelByContent(text, guessed);
        if (guessed.Count > 0)
        {
            warnings.Add(new ImportWarning(
                "columnsGuessed",
                $"By what stands in them, not by their names, {string.Join(" and ", guessed)}. If that is wrong, choose the columns yourself (textColumn, labelColumn; blank for none)."));
        }
        return new ColumnMapping(text, label, source, id);
    }

    private string? Given(string field, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var column = columns.FirstOrDefault(column => column == name)
            ?? columns.FirstOrDefault(column => string.Equals(column, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw ReadingErrors.UnknownColumn(field, name, columns);
        if (!_taken.Add(column))
            throw UserErrorException.Field(field, $"The column \"{column}\" is given for two things.", "Give each column once.");
        return column;
    }

    private string? Named(IReadOnlyList<string> names) => Take(names.Select(name => Free(column => KnownColumns.Normalise(column) == name)).FirstOrDefault(column => column is not null));

    private string? Ending(IReadOnlyList<string> words) => Take(words.Select(word => Free(column => KnownColumns.LastWord(column) == word)).FirstOrDefault(column => column is not null));

    /// <summary>Spreadsheets that lost their header are often saved with v1 (the label) and v2 (the text).</summary>
    private string? OfPair(string name, string other) =>
        columns.Any(column => KnownColumns.Normalise(column) == other) ? Take(Free(column => KnownColumns.Normalise(column) == name)) : null;

    private string? Free(Func<string, bool> isMatch) => columns.FirstOrDefault(column => !_taken.Contains(column) && isMatch(column));

    private string? Take(string? column)
    {
        if (column is not null)
            _taken.Add(column);
        return column;
    }

    private string? TextByContent(List<string> guessed)
    {
        var text = FreeSurveys()
            .Where(pair => pair.Survey.NumericShare < 0.5 && pair.Survey.WordyShare >= 0.2 && pair.Survey.MeanLength >= LeastTextLength && pair.Survey.DistinctShare >= 0.3)
            .OrderByDescending(pair => pair.Survey.MeanLength)
            .FirstOrDefault().Column;
        if (text is not null)
            guessed.Add($"\"{text}\" was taken as the text");
        return Take(text);
    }

    private string? LabelByContent(string text, List<string> guessed)
    {
        var textLength = columns.Zip(survey()).FirstOrDefault(pair => pair.First == text).Second?.MeanLength ?? 0;
        var candidates = FreeSurveys().Where(pair => IsLabel(pair.Survey, textLength)).ToList();
        if (candidates.Count == 0 || hasNames && candidates.Count > 1)
            return null;
        var label = candidates.OrderBy(pair => pair.Survey.Distinct).First().Column;
        guessed.Add($"\"{label}\" was taken as the label");
        return Take(label);
    }

    private static bool IsLabel(ColumnSurvey column, double textLength)
    {
        if (column.Distinct is < 2 or > MostLabels || column.MeanLength > LongestLabel || column.MeanLength > textLength)
            return false;
        return column.Filled >= 2 * column.Distinct || column.Filled < 10 && column.NumericShare < 0.5;
    }

    private IEnumerable<(string Column, ColumnSurvey Survey)> FreeSurveys() =>
        columns.Zip(survey()).Where(pair => !_taken.Contains(pair.First));
}
