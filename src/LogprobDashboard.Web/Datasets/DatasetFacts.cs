using System.Globalization;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Where a dataset came from and how its file was read, in words.</summary>
public static class DatasetFacts
{
    public static IEnumerable<(string Name, string Value)> Of(DatasetRecord dataset)
    {
        yield return ("Name", dataset.FileName);
        yield return ("Size", string.Create(CultureInfo.InvariantCulture, $"{dataset.FileBytes:N0} bytes"));
        yield return ("Content", dataset.ContentHash);
        yield return ("Format", Words(ReadingChoices.Formats, dataset.Format));
        yield return ("Encoding", dataset.Encoding);
        if (dataset.Delimiter is { } delimiter)
            yield return ("Delimiter", Words(ReadingChoices.Delimiters, ReadingChoices.Delimiter(delimiter)!));
        if (dataset.Quoting is { } quoting)
            yield return ("Quotation marks", Words(ReadingChoices.Quotings, quoting));
        if (ReadingChoices.Header(dataset.HasHeader) is { } header)
            yield return ("First row", Words(ReadingChoices.Headers, header));
        yield return ("Text column", dataset.TextColumn);
        yield return ("Label column", dataset.LabelColumn ?? "none");
        yield return ("Source column", dataset.SourceColumn ?? "none");
        yield return ("Id column", dataset.IdColumn ?? "none");
        yield return ("Imported", Moment.Of(dataset.CreatedAt));
    }

    private static string Words(IReadOnlyList<ReadingOption> options, string value) => options.FirstOrDefault(option => option.Value == value)?.Words ?? value;
}
