using System.ComponentModel;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>The form of an upload, for the API's description; the request itself is streamed.</summary>
internal sealed record UploadForm
{
    [Description("The file.")]
    public required IFormFile File { get; init; }
}

internal sealed record UploadsAnswer(IReadOnlyList<UploadAnswer> Items);

/// <summary>An upload; <paramref name="Import"/> is null for as long as nobody has imported it.</summary>
internal sealed record UploadAnswer(string Id, string FileName, long Bytes, string ContentHash, DateTimeOffset UploadedAt, DateTimeOffset ExpiresAt, string? DatasetId, UploadImportAnswer? Import)
{
    public static UploadAnswer Of(StagedUpload upload, UploadImports imports) => new(
        upload.Id, upload.FileName, upload.Bytes, upload.ContentHash, upload.UploadedAt, upload.ExpiresAt, upload.DatasetId, UploadImportAnswer.Of(imports.Find(upload.Id)));
}

/// <summary>How far an import is; one that is over has made no dataset.</summary>
internal sealed record UploadImportAnswer(bool Running, long BytesRead, int Rows)
{
    public static UploadImportAnswer? Of(UploadImport? import) => import is null ? null : new(import.IsRunning, import.Progress.BytesRead, import.Progress.Rows);
}

/// <summary>What a person says about an upload; what is left out is found out.</summary>
internal sealed record UploadImportInput(
    string? Name = null,
    string? Format = null,
    string? Encoding = null,
    string? Delimiter = null,
    string? Quoting = null,
    bool? HasHeader = null,
    string? TextColumn = null,
    string? LabelColumn = null,
    string? SourceColumn = null,
    string? IdColumn = null)
{
    public ReadingOptions ToOptions() => new()
    {
        Format = Format,
        Encoding = Encoding,
        Delimiter = Delimiter,
        Quoting = Quoting,
        HasHeader = HasHeader,
        TextColumn = TextColumn,
        LabelColumn = LabelColumn,
        SourceColumn = SourceColumn,
        IdColumn = IdColumn,
    };
}

/// <summary>The same as a query.</summary>
internal sealed record ReadingQuery(
    [property: Description("csv, tsv or jsonl; by name and content when left out.")] string? Format,
    [property: Description("The file's encoding, such as utf-8, utf-16le or windows-1251; detected when left out.")] string? Encoding,
    [property: Description("One character, or tab; detected when left out.")] string? Delimiter,
    [property: Description("How quotation marks are taken: auto (decided over the whole file), csv, or none (as they stand).")] string? Quoting,
    [property: Description("true or false: whether the first row holds the names of the columns; detected when left out.")] string? HasHeader,
    [property: Description("The column that holds the text to classify; found by name or content when left out.")] string? TextColumn,
    [property: Description("The column that holds the true label; found when left out, blank for none.")] string? LabelColumn,
    [property: Description("The column that says where a text came from; found when left out, blank for none.")] string? SourceColumn,
    [property: Description("The column that holds the rows' own ids; found when left out, blank for none.")] string? IdColumn)
{
    public ReadingOptions ToOptions() => new()
    {
        Format = Format,
        Encoding = Encoding,
        Delimiter = Delimiter,
        Quoting = Quoting,
        HasHeader = DatasetUpload.ToHasHeader(HasHeader),
        TextColumn = TextColumn,
        LabelColumn = LabelColumn,
        SourceColumn = SourceColumn,
        IdColumn = IdColumn,
    };
}
