using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench.Outliers;

namespace LogprobDashboard.Web.Outliers;

/// <summary>The list as files: CSV with a group of columns for each run, JSON Lines with everything. Numbers read back as the same doubles.</summary>
internal static class OutliersExport
{
    private const int BufferBytes = 64 * 1024;
    private static readonly string[] OfTheSample = ["rank", "index", "id", "text", "label", "source", "reasons"];
    private static readonly string[] OfARun = ["predicted", "right", "score", "entropy", "margin", "coverage", "loss", "beyondCut", "status"];
    private static readonly JsonSerializerOptions Json = MakeJson();

    public static async Task WriteJsonLinesAsync(Stream body, IAsyncEnumerable<OutlierRow> rows, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(buffer, row, Json, cancellationToken);
            buffer.WriteByte((byte)'\n');
            await SendAsync(buffer, body, BufferBytes, cancellationToken);
        }

        await SendAsync(buffer, body, 0, cancellationToken);
    }

    public static async Task WriteCsvAsync(Stream body, IReadOnlyList<OutlierLook> looks, IReadOnlyList<string> labels, IAsyncEnumerable<OutlierRow> rows, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriter(new StreamWriter(buffer, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        foreach (var column in OfTheSample.Concat(looks.SelectMany(look => OfARun.Concat(labels.Select(label => $"p({label})")).Select(column => $"{look.Full}: {column}"))))
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            WriteFields(csv, row, labels);
            await csv.NextRecordAsync();
            await csv.FlushAsync();
            await SendAsync(buffer, body, BufferBytes, cancellationToken);
        }

        await csv.FlushAsync();
        await SendAsync(buffer, body, 0, cancellationToken);
    }

    private static void WriteFields(CsvWriter csv, OutlierRow row, IReadOnlyList<string> labels)
    {
        csv.WriteField(row.Rank);
        csv.WriteField(row.Index);
        csv.WriteField(row.Id);
        csv.WriteField(row.Text);
        csv.WriteField(row.Label);
        csv.WriteField(row.Source);
        csv.WriteField(string.Join(' ', row.Reasons.Select(reason => reason.Code)));
        foreach (var run in row.Runs)
        {
            csv.WriteField(run.Result?.Predicted);
            csv.WriteField(run.Right switch { true => "true", false => "false", null => "" });
            foreach (var number in (double?[])[run.Result?.Score, run.Result?.Entropy, run.Result?.Margin, run.Result?.Coverage, run.Loss])
                csv.WriteField(Text(number));
            csv.WriteField(run.Beyond ? "true" : "false");
            csv.WriteField(run.Result is null ? "" : JsonNamingPolicy.CamelCase.ConvertName(run.Result.Status.ToString()));
            foreach (var label in labels)
                csv.WriteField(Text(run.Result is not null && run.Result.Probabilities.TryGetValue(label, out var probability) ? probability : null));
        }
    }

    /// <summary>Sends what has gathered once it is worth a write.</summary>
    private static async Task SendAsync(MemoryStream buffer, Stream body, int above, CancellationToken cancellationToken)
    {
        if (buffer.Length <= above)
            return;
        await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        buffer.SetLength(0);
    }

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiConventions.Configure(options);
        return options;
    }
}

/// <summary>A file that is written while it is sent.</summary>
internal sealed class OutliersFile(string experimentId, string contentType, string extension, Func<Stream, CancellationToken, Task> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"experiment-{experimentId}-outliers.{extension}\"";
        return write(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
