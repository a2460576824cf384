using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LogprobDashboard.Web.Hosting;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>Results as files. Numbers are written so that they read back as the same doubles.</summary>
internal static class ResultsExport
{
    private const int BufferBytes = 64 * 1024;

    private static readonly string[] Columns =
    [
        "index", "label", "predicted", "score", "entropy", "margin", "tokenEntropy", "tokenMargin", "coverage", "offLabelMass", "unseenMass", "droppedLogprobs", "censored",
        "status", "reason", "problem", "answerText", "answerMismatch", "finishReason", "servedModel", "latencyMs", "cached",
    ];

    private static readonly JsonSerializerOptions Json = MakeJson();

    public static async Task WriteJsonLinesAsync(Stream body, IAsyncEnumerable<ResultRecord> results, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await foreach (var result in results.WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(buffer, result, Json, cancellationToken);
            buffer.WriteByte((byte)'\n');
            await SendAsync(buffer, body, BufferBytes, cancellationToken);
        }

        await SendAsync(buffer, body, 0, cancellationToken);
    }

    public static async Task WriteCsvAsync(Stream body, IReadOnlyList<string> labels, IAsyncEnumerable<ResultRecord> results, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriter(new StreamWriter(buffer, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        foreach (var column in Columns.Concat(labels.Select(label => $"p({label})")))
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await foreach (var result in results.WithCancellation(cancellationToken))
        {
            WriteFields(csv, result, labels);
            await csv.NextRecordAsync();
            await SendAsync(buffer, body, BufferBytes, cancellationToken);
        }

        await csv.FlushAsync();
        await SendAsync(buffer, body, 0, cancellationToken);
    }

    /// <summary>Sends what has gathered once it is worth a write.</summary>
    private static async Task SendAsync(MemoryStream buffer, Stream body, int above, CancellationToken cancellationToken)
    {
        if (buffer.Length <= above)
            return;
        await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        buffer.SetLength(0);
    }

    private static void WriteFields(CsvWriter csv, ResultRecord result, IReadOnlyList<string> labels)
    {
        csv.WriteField(result.Index);
        csv.WriteField(result.Label);
        csv.WriteField(result.Predicted);
        foreach (var number in (double?[])[result.Score, result.Entropy, result.Margin, result.TokenEntropy, result.TokenMargin, result.Coverage, result.OffLabelMass, result.UnseenMass])
            csv.WriteField(Text(number));
        csv.WriteField(result.DroppedLogprobs);
        csv.WriteField(result.Censored ? "true" : "false");
        csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(result.Status.ToString()));
        csv.WriteField(result.Reason);
        csv.WriteField(result.Problem);
        csv.WriteField(result.AnswerText);
        csv.WriteField(result.AnswerMismatch ? "true" : "false");
        csv.WriteField(result.FinishReason);
        csv.WriteField(result.ServedModel);
        csv.WriteField(Text(result.LatencyMs));
        csv.WriteField(result.Cached ? "true" : "false");
        foreach (var label in labels)
            csv.WriteField(Text(result.Probabilities.TryGetValue(label, out var probability) ? probability : null));
    }

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiConventions.Configure(options);
        return options;
    }
}
