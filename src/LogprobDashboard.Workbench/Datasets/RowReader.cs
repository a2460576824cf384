namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Rows of a file, one at a time; what a row holds is gone with the next one.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>Longer rows are refused, so that a file without line ends, or with a quote that is never closed, cannot fill the memory.</summary>
    public const int MaxRowLength = 8 * 1024 * 1024;

    /// <summary>The row that was read last: data rows from 1.</summary>
    public int Row { get; protected set; }

    /// <summary>In JSON Lines it grows as rows bring new keys.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Where in the file's bytes the reader stands, roughly.</summary>
    public abstract long Position { get; }

    public abstract bool Read();

    /// <summary>The cells of a delimited row; the columns of the file in JSON Lines, where a row may leave any out.</summary>
    public abstract int CellCount { get; }

    /// <summary>Null where the row has no such cell.</summary>
    public abstract string? Cell(int column);

    /// <summary>One JSON object of the cells in all columns but those in <paramref name="mapped"/>; null where there is none.</summary>
    public abstract string? Metadata(IReadOnlySet<int> mapped);

    public abstract void Dispose();
}
