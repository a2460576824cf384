namespace LogprobDashboard.Workbench;

/// <summary>Keyset paging: the cursor is the last key seen.</summary>
internal static class Cursor
{
    /// <summary>For lists that show the newest first.</summary>
    public static long Before(string? cursor) => Parse(cursor, long.MaxValue);

    /// <summary>For lists in ascending order.</summary>
    public static long After(string? cursor) => Parse(cursor, -1);

    /// <param name="rows">One row more than the page takes, where there is one.</param>
    public static PagedResult<TRecord> Page<TRow, TRecord>(IReadOnlyList<TRow> rows, int take, Func<TRow, long> key, Func<TRow, TRecord> toRecord)
    {
        var items = rows.Take(take).ToList();
        return new PagedResult<TRecord>([.. items.Select(toRecord)], rows.Count > take ? Ids.Format(key(items[^1])) : null);
    }

    private static long Parse(string? cursor, long otherwise)
    {
        if (string.IsNullOrEmpty(cursor))
            return otherwise;
        return Ids.TryParse(cursor, out var key)
            ? key
            : throw UserErrorException.Field("cursor", $"\"{cursor}\" is not a cursor.", "Use the nextCursor of the page before, or leave it out.", UserErrorKind.Malformed);
    }
}
