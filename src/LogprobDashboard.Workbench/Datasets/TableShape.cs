namespace LogprobDashboard.Workbench.Datasets;

/// <summary>
/// How a file falls into records under one reading. <paramref name="Width"/> is the most frequent number of cells. <paramref name="BadLines"/> are lines in records of
/// another width, or in which a quote is closed in the middle of a cell, or never. Blank lines count for nothing.
/// </summary>
internal readonly record struct TableShape(long Records, long Lines, int Width, long BadLines, long LongestRecord, long LongestRecordAt)
{
    public double GoodShare => Lines == 0 ? 0 : (double)(Lines - BadLines) / Lines;
}

/// <summary>Counts records by their number of cells.</summary>
internal sealed class ShapeCount
{
    private const int WidestCounted = 4096;

    private readonly Dictionary<int, (long Records, long Lines)> _widths = [];
    private long _records;
    private long _lines;
    private long _malformedLines;
    private long _longest;
    private long _longestAt;

    public void Add(int cells, long lines, long characters, bool malformed)
    {
        _records++;
        _lines += lines;
        if (characters > _longest)
            (_longest, _longestAt) = (characters, _records);
        if (malformed)
        {
            _malformedLines += lines;
            return;
        }
        ref var width = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_widths, Math.Min(cells, WidestCounted), out _);
        width = (width.Records + 1, width.Lines + lines);
    }

    public TableShape ToShape()
    {
        var (width, count) = _widths.OrderByDescending(pair => pair.Value.Records).ThenBy(pair => pair.Key).FirstOrDefault();
        var bad = _malformedLines + _widths.Sum(pair => pair.Value.Lines) - count.Lines;
        return new TableShape(_records, _lines, width, bad, _longest, _longestAt);
    }
}
