using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Tells which requests the stored answers would serve, by the very rule of <see cref="AnswerCache"/>: one prepared look-up, for many questions in a row.</summary>
internal sealed class StoredAnswers : IDisposable
{
    private readonly SqliteCommand _newest;
    private readonly SqliteParameter _hash = new("$hash", SqliteType.Blob);

    public StoredAnswers(SqliteConnection connection)
    {
        _newest = connection.CreateCommand();
        _newest.CommandText = """SELECT "Positions" FROM "Answers" WHERE "RequestHash" = $hash ORDER BY "Id" DESC LIMIT 1""";
        _newest.Parameters.Add(_hash);
    }

    public bool Serve(byte[] requestHash)
    {
        _hash.Value = requestHash;
        return _newest.ExecuteScalar() is byte[] positions && AnswerCache.IsWorthKeeping(AnswerCodec.Decode(positions));
    }

    public void Dispose() => _newest.Dispose();
}
