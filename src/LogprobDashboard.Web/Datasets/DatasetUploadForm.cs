using System.ComponentModel;

namespace LogprobDashboard.Web.Datasets;

/// <summary>The fields of an upload, for the API's description; the request itself is streamed by <see cref="DatasetUpload"/>.</summary>
internal sealed record DatasetUploadForm
{
    [Description("The file. It may come before or after the other fields.")]
    public required IFormFile File { get; init; }

    [Description("What the dataset is called; the file's name when left out.")]
    public string? Name { get; init; }

    [Description("csv, tsv or jsonl; by name and content when left out.")]
    public string? Format { get; init; }

    [Description("The file's encoding, such as utf-8, utf-16le or windows-1251; detected when left out.")]
    public string? Encoding { get; init; }

    [Description("One character, or tab; detected when left out.")]
    public string? Delimiter { get; init; }

    [Description("How quotation marks are taken: auto (decided over the whole file), csv, or none (as they stand).")]
    public string? Quoting { get; init; }

    [Description("The column that holds the text to classify; found by name or content when left out.")]
    public string? TextColumn { get; init; }

    [Description("The column that holds the true label; found when left out, blank for none.")]
    public string? LabelColumn { get; init; }

    [Description("The column that says where a text came from; found when left out, blank for none.")]
    public string? SourceColumn { get; init; }

    [Description("The column that holds the rows' own ids; found when left out, blank for none.")]
    public string? IdColumn { get; init; }

    [Description("true or false: whether the first row holds the names of the columns; detected when left out.")]
    public bool? HasHeader { get; init; }
}
