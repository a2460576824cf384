using System.Globalization;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Counts what is odd in a file's rows, with the first rows of each kind, and says it once for each kind.</summary>
internal sealed class ImportNotes
{
    private const int RowsNamed = 20;
    private static readonly Kind[] Kinds = Enum.GetValues<Kind>();

    private readonly int[] _counts = new int[Kinds.Length];
    private readonly List<int>[] _rows = [.. Kinds.Select(_ => new List<int>())];

    public enum Kind
    {
        TooFewCells,
        TooManyCells,
        EmptyText,
        EmptyLabel,
        DuplicateText,
        ControlCharacters,
        Mojibake,
    }

    /// <returns>How many rows of this kind there are so far.</returns>
    public int Add(Kind kind, int row)
    {
        if (_rows[(int)kind].Count < RowsNamed)
            _rows[(int)kind].Add(row);
        return ++_counts[(int)kind];
    }

    public int Count(Kind kind) => _counts[(int)kind];

    public IEnumerable<ImportWarning> ToWarnings() => Kinds.Where(kind => Count(kind) > 0).Select(ToWarning);

    private ImportWarning ToWarning(Kind kind)
    {
        var (count, rows) = (Count(kind), _rows[(int)kind]);
        var named = string.Join(", ", rows.Select(row => row.ToString(CultureInfo.InvariantCulture))) + (count > rows.Count ? " and more" : "");
        var subject = string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")}");
        return new ImportWarning(Code(kind), $"{subject} {Meaning(kind, count == 1)} ({(count == 1 ? "row" : "rows")} {named}).", rows[0], count, rows);
    }

    private static string Code(Kind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static string Meaning(Kind kind, bool one) => kind switch
    {
        Kind.TooFewCells => one ? "has fewer cells than there are columns; the missing ones are left empty" : "have fewer cells than there are columns; the missing ones are left empty",
        Kind.TooManyCells => one
            ? "has more cells than there are columns; the surplus is kept in its metadata as \"overflow\", and its text may be cut short"
            : "have more cells than there are columns; the surplus is kept in their metadata as \"overflow\", and their texts may be cut short",
        Kind.EmptyText => one ? "has no text and was left out" : "have no text and were left out",
        Kind.EmptyLabel => one ? "has no label" : "have no label",
        Kind.DuplicateText => one ? "has a text that an earlier row has too" : "have a text that an earlier row has too",
        Kind.ControlCharacters => one ? "holds control characters that no text has" : "hold control characters that no text has",
        _ => one ? "looks as if it had been decoded wrongly once (Ã© for é)" : "look as if they had been decoded wrongly once (Ã© for é)",
    };
}
