namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Knows files that are no text by their first bytes, so that the message can name them.</summary>
internal static class FileSignature
{
    private const string SaveAsCsv = "Save the table in it as CSV or JSON Lines and import that.";
    private const string Unpack = "Unpack it and import the table in it.";
    private const string NotATable = "Import a table of text instead: CSV, TSV or JSON Lines.";

    private static readonly (byte[] Start, string Name, string Advice)[] Known =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an Excel workbook (.xlsx)", "Save the sheet as CSV, or unpack the archive, and import that."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel or Word file (.xls, .doc)", SaveAsCsv),
        ("PAR1"u8.ToArray(), "a Parquet file", ParquetAdvice),
        ("ARROW1"u8.ToArray(), "an Arrow file", SaveAsCsv),
        ([0x4F, 0x62, 0x6A, 0x01], "an Avro file", SaveAsCsv),
        ("SQLite format 3\0"u8.ToArray(), "a SQLite database", SaveAsCsv),
        ([0x1F, 0x8B], "a gzip archive", Unpack),
        ("BZh"u8.ToArray(), "a bzip2 archive", Unpack),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive", Unpack),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz archive", Unpack),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", Unpack),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image", NotATable),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", NotATable),
        ("GIF8"u8.ToArray(), "a GIF image", NotATable),
        ("%PDF-"u8.ToArray(), "a PDF document", NotATable),
    ];

    private const string ParquetAdvice =
        "Parquet cannot be read yet. Write it as JSON Lines and import that, for instance with pandas: read_parquet(path).to_json(out, orient=\"records\", lines=True, force_ascii=False).";

    public static UserErrorException ParquetUnsupported() => new(UserErrorKind.UnsupportedFormat, "Parquet files cannot be read.", ParquetAdvice);

    public static void Refuse(ReadOnlySpan<byte> head)
    {
        foreach (var (start, name, advice) in Known)
        {
            // Two or three bytes may begin a text as well; then something binary has to follow.
            if (head.StartsWith(start) && (start.Length > 3 || LooksBinary(head)))
                throw new UserErrorException(UserErrorKind.UnsupportedFormat, $"The file is no text: it seems to be {name}.", advice);
        }
    }

    public static UserErrorException Binary() => new(UserErrorKind.UnsupportedFormat, "The file is no text: it holds binary data.", NotATable);

    /// <summary>Control characters that no text has.</summary>
    private static bool LooksBinary(ReadOnlySpan<byte> head) => head.IndexOfAnyExcept(Textual) >= 0;

    private static readonly System.Buffers.SearchValues<byte> Textual =
        System.Buffers.SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', (byte)'\f', .. Enumerable.Range(0x20, 0x5F).Select(code => (byte)code), .. Enumerable.Range(0x80, 0x80).Select(code => (byte)code)]);
}
