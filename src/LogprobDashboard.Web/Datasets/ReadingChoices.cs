namespace LogprobDashboard.Web.Datasets;

/// <summary>A value that the API knows, and its words.</summary>
public sealed record ReadingOption(string Value, string Words);

/// <summary>What a reading can be told.</summary>
public static class ReadingChoices
{
    public const string IsHeader = "true";
    private const string IsData = "false";

    public static IReadOnlyList<ReadingOption> Formats { get; } = [new("csv", "CSV"), new("tsv", "TSV"), new("jsonl", "JSON Lines")];

    public static IReadOnlyList<ReadingOption> Encodings { get; } =
    [
        .. new[]
        {
            "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "koi8-r", "windows-1253", "windows-1254",
            "windows-1255", "windows-1256", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "macintosh",
        }.Select(name => new ReadingOption(name, name)),
    ];

    public static IReadOnlyList<ReadingOption> Delimiters { get; } = [new(",", "comma ,"), new(";", "semicolon ;"), new("tab", "tab"), new("|", "bar |"), new(":", "colon :"), new("^", "caret ^"), new("~", "tilde ~")];

    public static IReadOnlyList<ReadingOption> Quotings { get; } = [new("csv", "enclose a cell"), new("none", "stand for themselves")];

    public static IReadOnlyList<ReadingOption> Headers { get; } = [new(IsHeader, "column names"), new(IsData, "a row of data")];

    public static string? Header(bool? hasHeader) => hasHeader switch { true => IsHeader, false => IsData, null => null };

    /// <summary>A tab has a name of its own in an address.</summary>
    public static string? Delimiter(string? delimiter) => delimiter == "\t" ? "tab" : delimiter;
}
