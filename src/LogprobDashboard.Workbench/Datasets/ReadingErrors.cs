using System.Globalization;
using System.Text;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>What several stages of reading a file have to say in the same words.</summary>
internal static class ReadingErrors
{
    public static UserErrorException InvalidBytes(string encoding, long row) => UserErrorException.Field(
        "encoding",
        string.Create(CultureInfo.InvariantCulture, $"The file is not valid {encoding}: bytes at or soon after row {row} mean nothing in it."),
        "Repair that place, or give the encoding that the file really has.");

    public static UserErrorException InvalidBytes(Encoding encoding, long row) => InvalidBytes(encoding.WebName, row);

    public static UserErrorException RowTooLong(string row, int limit) => new(
        UserErrorKind.Impossible,
        string.Create(CultureInfo.InvariantCulture, $"{row} is longer than {limit / (1024 * 1024)} million characters."),
        "Perhaps a quotation mark is never closed, or the line ends are missing. Have quotes taken as they stand (quoting=none), or repair that row.");

    public static UserErrorException Empty() => new(
        UserErrorKind.Impossible, "The file is empty.", "Import a file with at least one row of text.");

    public static UserErrorException OnlyHeader(IReadOnlyList<string> columns) => new(
        UserErrorKind.Impossible,
        $"The file holds a header and no row: {Names(columns)}.",
        "Import a file with at least one row of text. If that line is a row and no header, say that the file has none (hasHeader=false).");

    public static UserErrorException NoHeader(IReadOnlyList<string> firstRow) => UserErrorException.Field(
        "hasHeader",
        $"A header was promised, but the first row looks like data: {Names(firstRow)}.",
        "Say that the file has no header (hasHeader=false); the columns are then called column1, column2 and so on. Or put a row of column names on top of the file.");

    public static UserErrorException NoTextColumn(IReadOnlyList<string> columns) => UserErrorException.Field(
        "textColumn",
        "No column of the file looks like the text to classify.",
        $"Say which column holds it (textColumn). The file's columns: {Names(columns)}.");

    public static UserErrorException UnknownColumn(string field, string given, IReadOnlyList<string> columns) => UserErrorException.Field(
        field,
        $"The file has no column \"{given}\".",
        $"Give one of its columns: {Names(columns)}.");

    private static string Names(IReadOnlyList<string> names)
    {
        const int Most = 30;
        const int Longest = 60;
        var shown = names.Take(Most).Select(name => $"\"{(name.Length > Longest ? string.Concat(name.AsSpan(0, Longest), "…") : name)}\"");
        return string.Join(", ", shown) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }
}
