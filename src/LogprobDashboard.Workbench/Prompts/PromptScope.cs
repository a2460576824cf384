using System.Text.Json;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Storage;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>
/// What a prompt template may name: <c>text</c>, every column but the label's, <c>columns["…"]</c>, <c>labels</c>, <c>labelList</c>.
/// The label column is not in here, so that no prompt can leak the answer.
/// </summary>
public sealed class PromptScope
{
    public const string Text = "text";
    public const string Columns = "columns";
    public const string Labels = "labels";
    public const string LabelList = "labelList";

    private static readonly string[] Own = [Text, Columns, Labels, LabelList];

    public PromptScope(IEnumerable<string> columns, string? labelColumn, IReadOnlyList<string> labelNames)
    {
        ColumnNames = [.. columns.Where(column => !ShowsTheLabel(column, labelColumn))];
        LabelColumn = labelColumn;
        LabelNames = labelNames;
        NamedColumns = [.. ColumnNames.Where(column => IsIdentifier(column) && !Own.Contains(column, StringComparer.Ordinal))];
    }

    public IReadOnlyList<string> ColumnNames { get; }

    public string? LabelColumn { get; }

    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>The columns whose name can stand in a template as it is.</summary>
    public IReadOnlyList<string> NamedColumns { get; }

    public bool Knows(string name) => Own.Contains(name, StringComparer.Ordinal) || NamedColumns.Contains(name, StringComparer.Ordinal);

    /// <summary>What can be written into a template, ready to be put in: the text first, then the labels, then the columns in the data's order.</summary>
    public IReadOnlyList<PromptField> Fields(string textColumn) =>
    [
        new(Text, "{{ text }}", "The sample's text"),
        new(Labels, "{{ labels }}", "The names of the labels, joined by \", \""),
        new(LabelList, "{% for label in labelList %}- {{ label }}\n{% endfor %}", "The names of the labels, one a line"),
        .. ColumnNames.Where(column => column != textColumn && column != Text).Select(FieldOf),
    ];

    /// <summary>For a message: what can be used instead.</summary>
    public string Describe() => string.Join(", ", Own.Take(1).Concat(NamedColumns).Append("labels").Append("labelList")
        .Concat(ColumnNames.Except(NamedColumns).Where(column => column != Text).Select(column => $"columns[\"{column}\"]")));

    /// <summary>The values of one sample. Columns that hold nothing are empty text.</summary>
    internal IReadOnlyDictionary<string, string> ValuesOf(SampleRecord sample, DatasetRecord dataset)
    {
        var values = new Dictionary<string, string>(ColumnNames.Count, StringComparer.Ordinal);
        foreach (var column in ColumnNames)
            values[column] = ValueOf(column, sample, dataset);
        return values;
    }

    private PromptField FieldOf(string column)
    {
        var name = NamedColumns.Contains(column, StringComparer.Ordinal) ? column : column.Contains('"', StringComparison.Ordinal) ? $"columns['{column}']" : $"columns[\"{column}\"]";
        return new PromptField(name, $"{{{{ {name} }}}}", $"The sample's value of the column \"{column}\"");
    }

    private static string ValueOf(string column, SampleRecord sample, DatasetRecord dataset)
    {
        if (column == dataset.TextColumn)
            return sample.Text;
        if (column == dataset.SourceColumn)
            return sample.Source ?? "";
        if (column == dataset.IdColumn)
            return sample.Id ?? "";
        return sample.Metadata.TryGetValue(column, out var value) ? AsText(value) : "";
    }

    private static string AsText(object? value) => value switch
    {
        null => "",
        string text => text,
        _ => JsonSerializer.Serialize(value, JsonColumn.Json),
    };

    /// <summary>The label column, its name in another case, and the further columns of a header that names it more than once ("label_2").</summary>
    private static bool ShowsTheLabel(string column, string? labelColumn) =>
        labelColumn is not null
        && column.StartsWith(labelColumn, StringComparison.OrdinalIgnoreCase)
        && (column.Length == labelColumn.Length || (column[labelColumn.Length] == '_' && column[(labelColumn.Length + 1)..] is { Length: > 0 } rest && rest.All(char.IsAsciiDigit)));

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
