namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Looks on while rows are read, and keeps the cells of those that a person will want to see: the first ones, and the first of every kind that a warning names.</summary>
internal sealed class RowWatch
{
    public const int FirstRows = 20;
    public const int RowsOfAKind = 5;
    private const int LongestCell = 1_000;
    private const int MostCells = 200;

    private readonly List<PreviewRow> _first = [];
    private readonly List<PreviewRow> _noted = [];

    public IReadOnlyList<PreviewRow> First => _first;

    public IReadOnlyList<PreviewRow> Noted => _noted;

    public void See(RowReader rows, bool isNoted)
    {
        if (_first.Count >= FirstRows && !isNoted)
            return;
        var row = Cut(rows.Row, Enumerable.Range(0, rows.CellCount).Select(rows.Cell));
        if (_first.Count < FirstRows)
            _first.Add(row);
        if (isNoted)
            _noted.Add(row);
    }

    public static PreviewRow Cut(int row, IEnumerable<string?> cells) => new(row, [.. cells.Take(MostCells).Select(Cut)]);

    private static string? Cut(string? cell)
    {
        if (cell is null || cell.Length <= LongestCell)
            return cell;
        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(cell[LongestCell - 1]) ? LongestCell - 1 : LongestCell;
        return string.Concat(cell.AsSpan(0, end), "…");
    }
}
