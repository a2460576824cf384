using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>What a reading comes to, in sentences.</summary>
public static class ImportWords
{
    /// <summary>"1,203 rows of text with 10 labels and 3 sources."</summary>
    public static string Sentence(ReadingPreview preview)
    {
        var rows = Figures.Count(preview.RowCount, "row of text", "rows of text");
        var labels = preview.LabelColumn is null ? "no label" : Figures.Count(preview.Labels.Count, "label", "labels");
        var sources = preview.SourceColumn is null ? "" : $" and {Figures.Count(preview.Sources.Count, "source", "sources")}";
        var leftOut = preview.RowsRead - preview.RowCount;
        return $"{rows} with {labels}{sources}" + (leftOut > 0 ? $"; {Figures.Count(leftOut, "row", "rows")} without text will be left out." : ".");
    }

    /// <summary>What a person would miss later; null where there is nothing.</summary>
    public static string? Missing(ReadingPreview preview) => preview.LabelColumn is null
        ? "Without labels there are entropies and margins, but no precision, recall or threshold to choose. If a column holds the labels, give it that role."
        : null;

    /// <summary>"The text is in “Ticket Subject”, the label in “Queue”."</summary>
    public static string Reading(ReadingPreview preview)
    {
        var parts = new List<string> { $"The text is in “{preview.TextColumn}”" };
        if (preview.LabelColumn is { } label)
            parts.Add($"the label in “{label}”");
        if (preview.SourceColumn is { } source)
            parts.Add($"the source in “{source}”");
        if (preview.IdColumn is { } id)
            parts.Add($"the id in “{id}”");
        var rest = preview.Columns.Count - parts.Count;
        return string.Join(", ", parts) + (rest > 0 ? $"; {Figures.Count(rest, "other column is", "other columns are")} kept as metadata." : ".");
    }

    public static string Button(ReadingPreview? preview) => preview is null ? "Import" : $"Import {Figures.Count(preview.RowCount, "row", "rows")}";
}
