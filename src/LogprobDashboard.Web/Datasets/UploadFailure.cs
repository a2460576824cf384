using System.Text.Json;

namespace LogprobDashboard.Web.Datasets;

/// <summary>Why a file did not arrive: what is wrong, and what to do. With <paramref name="CanRetry"/> the same file may well arrive the next time.</summary>
public sealed record UploadFailure(string Title, string Detail, bool CanRetry)
{
    public static UploadFailure Lost(string fileName, long sent, long bytes) => new(
        $"The connection was lost after {FileSize.Of(Math.Min(sent, bytes))} of {FileSize.Of(bytes)}.",
        $"Nothing of {fileName} was kept. Check that the server runs and that the file has not been moved or changed, then try again.",
        CanRetry: true);

    public static UploadFailure Empty(string fileName) => new($"{fileName} is empty.", "Choose a file with at least one row of text.", CanRetry: false);

    public static UploadFailure TooLarge(string fileName, long bytes, long limit) => new(
        $"{fileName} has {FileSize.Of(bytes)}, and the limit is {FileSize.Of(limit)}.",
        "Split it, or raise LogprobDashboard:MaxUploadBytes in the settings and start the server again.",
        CanRetry: false);

    public static UploadFailure Several(int count) => new($"These are {count} files.", "Choose one: each file becomes a dataset of its own.", CanRetry: false);

    public static UploadFailure Folder(string name) => new($"{name} is a folder.", "Choose one file in it: CSV, TSV or JSON Lines.", CanRetry: false);

    /// <summary>The server's own words where it found some; else its status.</summary>
    public static UploadFailure Refused(int status, string? answer) => Problem(answer) is { } problem
        ? new UploadFailure(problem.Title, problem.Detail, status >= 500)
        : new UploadFailure(
            FormattableString.Invariant($"The server refused the file (status {status})."),
            status >= 500 ? "Its log says more; trying again may help." : "Something between this browser and the server may not let files of this size or kind pass.",
            status >= 500);

    private static (string Title, string Detail)? Problem(string? answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer ?? "");
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("title", out var title) && root.TryGetProperty("detail", out var detail)
                ? (title.ToString(), detail.ToString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
