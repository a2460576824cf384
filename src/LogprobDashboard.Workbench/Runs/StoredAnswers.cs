using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Tells which requests the stored answers would serve, by the very rule of <see cref="AnswerCache"/>: one prepared look-up, for many questions in a row.</summary>
internal sealed class StoredAnswers : IDisposable
{
    private readonly SqliteCommand _newest;
    private readonly SqliteParameter _hash = new("$hash", SqliteType.Blob);

    /// <param name="connection">Stays open as long as this is used.</param>
    /// <param name="horizon">Answers up to this one are not reused.</param>
    public StoredAnswers(SqliteConnection connection, long horizon)
    {
        _newest = connection.CreateCommand();
        _newest.CommandText = """SELECT "Positions" FROM "Answers" WHERE "RequestHash" = $hash AND "Id" > $horizon ORDER BY "Id" DESC LIMIT 1""";
        _newest.Parameters.Add(_hash);
        _newest.Parameters.Add(new SqliteParameter("$horizon", horizon));
    }

    public bool Serve(byte[] requestHash)
    {
        _hash.Value = requestHash;
        return _newest.ExecuteScalar() is byte[] positions && AnswerCache.IsWorthKeeping(AnswerCodec.Decode(positions));
    }

    public void Dispose() => _newest.Dispose();
}
