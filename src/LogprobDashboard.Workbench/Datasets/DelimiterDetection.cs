namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Tries each usual delimiter on the head of a file and takes the one under which the rows fall best into equally many cells.</summary>
internal static class DelimiterDetection
{
    private const double KnownNamesBonus = 0.5;
    private const double NamedFormatBonus = 0.3;
    private const double LeastScore = 0.5;

    /// <summary>Null where the file has one column.</summary>
    public static char? Detect(TextHead head, FileFormat format)
    {
        var best = (Score: 0.0, Width: 0, Delimiter: (char?)null);
        foreach (var delimiter in (ReadOnlySpan<char>)[',', '\t', ';', '|'])
        {
            var scan = head.Scan(delimiter);
            var shape = scan.ShapeUnder(QuotingChoice.Choose(scan));
            var score = Score(head.Text, delimiter, shape) + (format == FileFormat.Tsv && delimiter == '\t' && shape.Width > 1 ? NamedFormatBonus : 0);
            if (score > best.Score + 0.01 || score > best.Score - 0.01 && shape.Width > best.Width && score > 0)
                best = (score, shape.Width, delimiter);
        }
        return best.Score >= LeastScore ? best.Delimiter : null;
    }

    private static double Score(string text, char delimiter, TableShape shape)
    {
        var names = FirstLine(text).Split(delimiter);
        var known = names.Length > 1 && names.Any(name => KnownColumns.IsKnown(name.Trim().Trim('"')));
        return (shape.Width > 1 ? shape.GoodShare : 0) + (known ? KnownNamesBonus : 0);
    }

    private static string FirstLine(string text)
    {
        var start = text.AsSpan().TrimStart("\r\n");
        var end = start.IndexOfAny('\r', '\n');
        return (end < 0 ? start : start[..end]).ToString();
    }
}
