namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Decides from a scan how quotes are taken.</summary>
internal static class QuotingChoice
{
    /// <summary>
    /// What a writer of CSV wrote always reads as CSV: every quoted cell is closed where it ends, no other cell holds a quote, all rows are equally wide. Otherwise
    /// the way in which fewer lines are out of step wins. Where none is in either way, quotes inside cells that do not begin with one, and nothing that had to be quoted, say that
    /// the writer knew no quoting; likewise where quotes swallow lines each of which is a whole row by itself.
    /// </summary>
    public static Quoting Choose(TableScan scan)
    {
        var (plain, quoted) = (scan.Plain, scan.Quoted);
        var isWellFormed = scan.MalformedCells == 0 && !scan.IsUnclosed;
        if (quoted.BadLines == 0 && isWellFormed && (plain.BadLines > 0 || plain.Width < 2))
            return Quoting.Csv;
        if (quoted.BadLines == 0 && isWellFormed)
            return scan.StrayQuotes > 0 && (scan.Escapes == 0 || scan.QuotedLineEnds > 0) ? Quoting.None : Quoting.Csv;
        if (quoted.Width > 1 && plain.Width < 2)
            return Quoting.Csv;
        return plain.GoodShare > quoted.GoodShare || plain.GoodShare == quoted.GoodShare && !isWellFormed ? Quoting.None : Quoting.Csv;
    }

    public static TableShape ShapeUnder(this TableScan scan, Quoting quoting) => quoting == Quoting.Csv ? scan.Quoted : scan.Plain;
}
