using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Storage;

/// <summary>Tells trouble that passes when somebody makes room or lets go of a file from a defect that waiting does not mend.</summary>
internal static class DatabaseTrouble
{
    /// <summary>SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.</summary>
    private static readonly int[] Passing = [5, 6, 7, 8, 10, 13, 14];

    public static bool MayPass(Exception exception) => exception switch
    {
        SqliteException sqlite => Passing.Contains(sqlite.SqliteErrorCode),
        DbUpdateException { InnerException: SqliteException sqlite } => Passing.Contains(sqlite.SqliteErrorCode),
        _ => exception is IOException,
    };
}
