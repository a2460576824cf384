using System.Globalization;
using System.Runtime.InteropServices;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>What the cells of a column are like.</summary>
internal sealed class ColumnSurvey
{
    private const int MostValues = 1_000;
    private const int LongestValue = 200;

    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private long _length;
    private int _numeric;
    private int _wordy;

    public int Filled { get; private set; }

    /// <summary>At most a thousand are counted.</summary>
    public int Distinct => _values.Count;

    public double MeanLength => Filled == 0 ? 0 : (double)_length / Filled;

    public double NumericShare => Filled == 0 ? 0 : (double)_numeric / Filled;

    /// <summary>Cells with a space in them, or letters beyond ASCII (scripts without spaces).</summary>
    public double WordyShare => Filled == 0 ? 0 : (double)_wordy / Filled;

    public double DistinctShare => Filled == 0 ? 0 : (double)Distinct / Math.Min(Filled, MostValues);

    public int CountOf(string value) => _values.GetValueOrDefault(Key(value));

    public static IReadOnlyList<ColumnSurvey> Take(RowReader rows, int maxRows, CancellationToken cancellationToken)
    {
        var columns = new List<ColumnSurvey>();
        while (rows.Row < maxRows && rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < rows.CellCount; column++)
            {
                if (column == columns.Count)
                    columns.Add(new ColumnSurvey());
                columns[column].Add(rows.Cell(column));
            }
        }
        return columns;
    }

    public static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void Add(string? cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return;
        Filled++;
        _length += cell.Length;
        if (IsNumber(cell))
            _numeric++;
        if (cell.AsSpan().Trim().ContainsAny(' ', '\t') || cell.AsSpan().ContainsAnyExceptInRange('\0', '\u007F'))
            _wordy++;
        var key = Key(cell);
        if (_values.Count < MostValues || _values.ContainsKey(key))
            CollectionsMarshal.GetValueRefOrAddDefault(_values, key, out _)++;
    }

    private static string Key(string cell) => (cell.Length > LongestValue ? cell[..LongestValue] : cell).Trim();
}
