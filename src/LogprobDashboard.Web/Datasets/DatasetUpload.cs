using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Datasets;

/// <summary>An upload that has arrived: the file on disk, the fields beside it. Whoever gets it disposes of the file.</summary>
internal sealed record DatasetUpload(StagedFile File, string? Name, ReadingOptions Options)
{
    public static async Task<DatasetUpload> ReadAsync(HttpRequest request, UploadStaging staging, CancellationToken cancellationToken)
    {
        var upload = await FileUpload.ReadAsync(request, staging, cancellationToken);
        try
        {
            return new DatasetUpload(upload.File, upload.Field("name"), ToOptions(upload.Fields));
        }
        catch
        {
            upload.File.Dispose();
            throw;
        }
    }

    private static ReadingOptions ToOptions(IReadOnlyDictionary<string, string> fields) => new()
    {
        Format = fields.GetValueOrDefault("format"),
        Encoding = fields.GetValueOrDefault("encoding"),
        Delimiter = fields.GetValueOrDefault("delimiter"),
        Quoting = fields.GetValueOrDefault("quoting"),
        HasHeader = ToHasHeader(fields.GetValueOrDefault("hasHeader")),
        TextColumn = fields.GetValueOrDefault("textColumn"),
        LabelColumn = fields.GetValueOrDefault("labelColumn"),
        SourceColumn = fields.GetValueOrDefault("sourceColumn"),
        IdColumn = fields.GetValueOrDefault("idColumn"),
    };

    public static bool? ToHasHeader(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return null;
        return bool.TryParse(given, out var value)
            ? value
            : throw UserErrorException.Field("hasHeader", $"\"{given}\" is neither true nor false.", "Give true or false, or leave it out and it is detected.", UserErrorKind.Malformed);
    }
}
