using System.Text.Json;

namespace LogprobDashboard.Workbench.Datasets;

internal enum FileFormat
{
    Csv,
    Tsv,
    JsonLines,
}

/// <summary>The format that was given; else JSON Lines where the first line is a JSON object, whatever the file is called; else what its name says; else a delimited text.</summary>
internal static class FormatDetection
{
    public static FileFormat Detect(string? given, string fileName, string head) => given?.Trim().ToLowerInvariant() switch
    {
        null or "" => FromNameAndContent(fileName, head),
        "csv" => FileFormat.Csv,
        "tsv" => FileFormat.Tsv,
        "jsonl" or "ndjson" => FileFormat.JsonLines,
        "parquet" => throw FileSignature.ParquetUnsupported(),
        _ => throw UserErrorException.Field("format", $"\"{given}\" is no format that can be read.", "Give csv, tsv or jsonl, or leave it out and it is detected.", UserErrorKind.UnsupportedFormat),
    };

    /// <summary>Refuses what the name or what was given already rules out, before the file's bytes are looked at.</summary>
    public static void RefuseParquet(string? given, string fileName)
    {
        if (string.Equals(given?.Trim(), "parquet", StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(given) && Extension(fileName) == ".parquet")
            throw FileSignature.ParquetUnsupported();
    }

    private static FileFormat FromNameAndContent(string fileName, string head)
    {
        var start = head.AsSpan().TrimStart();
        var lineEnd = start.IndexOfAny('\r', '\n');
        if (start.StartsWith("{") && IsObject(lineEnd < 0 ? start : start[..lineEnd]))
            return FileFormat.JsonLines;
        return Extension(fileName) switch
        {
            ".jsonl" or ".ndjson" => FileFormat.JsonLines,
            ".tsv" or ".tab" => FileFormat.Tsv,
            ".json" when start.StartsWith("{") => FileFormat.JsonLines,
            ".json" => throw new UserErrorException(
                UserErrorKind.UnsupportedFormat,
                "The file is JSON, but not JSON Lines.",
                "Write one object a line and import that, for instance with: jq -c '.[]' file.json > file.jsonl"),
            _ => FileFormat.Csv,
        };
    }

    private static string Extension(string fileName) => Path.GetExtension(fileName).ToLowerInvariant();

    private static bool IsObject(ReadOnlySpan<char> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToString());
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
