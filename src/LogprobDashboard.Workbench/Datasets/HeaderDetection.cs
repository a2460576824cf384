namespace LogprobDashboard.Workbench.Datasets;

internal enum FirstRow
{
    Header,
    Data,

    /// <summary>It may be either; most files have a header.</summary>
    Unclear,
}

/// <summary>Tells a row of column names from a row of data by names that are usual, and by what stands below it.</summary>
internal static class HeaderDetection
{
    private const int LongestName = 80;
    private const double Recurrent = 0.05;
    private const double Numeric = 0.95;

    /// <param name="first">The file's first row.</param>
    /// <param name="below">The columns without that row.</param>
    public static FirstRow Judge(IReadOnlyList<string> first, IReadOnlyList<ColumnSurvey> below)
    {
        if (first.All(string.IsNullOrWhiteSpace))
            return FirstRow.Data;
        var known = first.Count(KnownColumns.IsKnown);
        if (known > 1)
            return FirstRow.Header;
        var columns = first.Zip(below).Where(pair => !string.IsNullOrWhiteSpace(pair.First)).ToList();
        if (columns.Any(pair => Recurs(pair.First, pair.Second, known)))
            return FirstRow.Data;
        if (known == 1 || columns.Any(pair => pair.Second.NumericShare >= Numeric && pair.Second.Filled > 1 && !ColumnSurvey.IsNumber(pair.First)))
            return FirstRow.Header;
        return first.Any(IsNoName) ? FirstRow.Data : FirstRow.Unclear;
    }

    /// <summary>The cell stands again below, in a column of few values or often: a label, not the name of one.</summary>
    private static bool Recurs(string cell, ColumnSurvey below, int known)
    {
        var count = below.CountOf(cell);
        if (count == 0)
            return false;
        return count >= Recurrent * below.Filled || known == 0 && below.DistinctShare < 0.5;
    }

    private static bool IsNoName(string cell)
    {
        var name = cell.Trim();
        return name.Length > LongestName
            || ColumnSurvey.IsNumber(name)
            || name.AsSpan().ContainsAny('\r', '\n')
            || name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 3 && name[^1] is '.' or '!' or '?' or '…';
    }
}
