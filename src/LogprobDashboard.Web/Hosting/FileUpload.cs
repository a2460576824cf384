using System.Text;
using LogprobDashboard.Workbench;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LogprobDashboard.Web.Hosting;

/// <summary>A multipart form that has arrived: its part "file" on disk, its other parts as short texts. Whoever gets it disposes of the file.</summary>
internal sealed record FileUpload(StagedFile File, IReadOnlyDictionary<string, string> Fields)
{
    private const int LongestBoundary = 200;
    private const int BufferBytes = 64 * 1024;
    private const int LongestField = 16 * 1024;
    private const int LongestFileName = 255;

    /// <summary>What the fields and the boundaries around the file may take beside it.</summary>
    private const long EnvelopeBytes = 64 * 1024;

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    /// <summary>Streams a multipart request; nothing of the file is held in memory, and nothing of it stays when the request turns out wrong or breaks off.</summary>
    public static async Task<FileUpload> ReadAsync(HttpRequest request, UploadStaging staging, CancellationToken cancellationToken)
    {
        var boundary = Boundary(request);
        staging.RefuseTooLong(request.ContentLength, EnvelopeBytes);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        StagedFile? file = null;
        try
        {
            var reader = new MultipartReader(boundary, request.Body, BufferBytes);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
                file = await ReadSectionAsync(section, fields, file, staging, cancellationToken);
            return new FileUpload(file ?? throw NoFile(), fields);
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (failure is IOException or InvalidDataException && failure is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
                throw Broken();
            throw;
        }
    }

    private static async Task<StagedFile?> ReadSectionAsync(
        MultipartSection section, Dictionary<string, string> fields, StagedFile? file, UploadStaging staging, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            return file;
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (name == "file")
        {
            if (file is not null)
                throw UserErrorException.Field("file", "There is more than one part called \"file\".", "Send one file in a request.", UserErrorKind.Malformed);
            return await staging.StageAsync(section.Body, FileName(disposition), cancellationToken);
        }
        fields[name] = await FieldAsync(section.Body, name, cancellationToken);
        return file;
    }

    private static async Task<string> FieldAsync(Stream body, string name, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw UserErrorException.Field(name, $"The field \"{name}\" is too long.", "A file goes into the part called \"file\"; the other fields are short texts.", UserErrorKind.Malformed);
    }

    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var given = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        // Some browsers have sent whole paths, of either kind.
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return name.Length is > 0 and <= LongestFileName ? name : "upload";
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException(UserErrorKind.Malformed, "The request is no multipart form.", "Send the file as multipart/form-data in a part called \"file\", for instance with: curl -F file=@samples.csv");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary ? boundary : throw Broken();
    }

    private static UserErrorException NoFile() => UserErrorException.Field(
        "file", "The request holds no file.", "Send the file in a part called \"file\", for instance with: curl -F file=@samples.csv", UserErrorKind.Malformed);

    private static UserErrorException Broken() => new(
        UserErrorKind.Malformed, "The multipart form is broken or incomplete.", "Send it again, whole; most HTTP clients build such a form themselves.");
}
