using System.Globalization;
using System.Text;
using CsvHelper;

namespace LogprobDashboard.Web.Compare;

/// <summary>
/// A table that is sent as a CSV file while it is written: UTF-8, invariant culture. Numbers go in as <c>Number</c> writes them; words as <c>Words</c> does, so that
/// no spreadsheet takes a name for a formula.
/// </summary>
internal sealed class CsvFile(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) : IResult
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>All digits: reads back as the same double. Empty where not defined.</summary>
    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text that begins like a formula gets an apostrophe, which spreadsheets take for "this is text".</summary>
    public static string Words(string text) => text.Length > 0 && text.TrimStart(' ') is [var first, ..] && "=+-@\t\r\n|".Contains(first, StringComparison.Ordinal) ? "'" + text : text;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await WriteAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }

    private async Task WriteAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriter(new StreamWriter(buffer, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        await WriteRowAsync(csv, columns);
        foreach (var row in rows)
        {
            await WriteRowAsync(csv, row);
            if (buffer.Length > BufferBytes)
                await SendAsync(buffer, body, cancellationToken);
        }

        await csv.FlushAsync();
        await SendAsync(buffer, body, cancellationToken);
    }

    private static async Task WriteRowAsync(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.NextRecordAsync();
    }

    private static async Task SendAsync(MemoryStream buffer, Stream body, CancellationToken cancellationToken)
    {
        await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        buffer.SetLength(0);
    }
}
