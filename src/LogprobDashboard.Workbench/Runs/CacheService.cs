using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The stored answers of all experiments.</summary>
/// <param name="Reusable">Those that serve the same request again.</param>
/// <param name="Unreferenced">Those that no result refers to: of runs that were deleted.</param>
/// <param name="Bytes">What they hold, without what the database needs around it.</param>
/// <param name="EmptiedAt">Since when answers are asked anew; null: the cache was never emptied.</param>
public sealed record CacheRecord(int Answers, int Reusable, int Unreferenced, long Bytes, DateTimeOffset? EmptiedAt);

/// <summary>What emptying the cache did.</summary>
/// <param name="Removed">Answers that no result referred to; they are gone.</param>
/// <param name="Kept">Answers that results refer to. They stay, so that labels can be read anew, and serve no further request.</param>
/// <param name="LeftForLater">Unreferenced answers that stay for now because runs are at work; they serve no further request either.</param>
public sealed record CacheEmptied(int Removed, int Kept, int LeftForLater, CacheRecord Cache);

/// <summary>Says what the response cache holds, and empties it.</summary>
public sealed class CacheService
{
    private const string Unreferenced = """NOT EXISTS (SELECT 1 FROM "Results" WHERE "Results"."AnswerId" = "Answers"."Id")""";

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly WriteGate _gate;
    private readonly AnswerHorizon _horizon;
    private readonly RunEngine _engine;
    private readonly TimeProvider _time;

    internal CacheService(IDbContextFactory<WorkbenchDb> contexts, WriteGate gate, AnswerHorizon horizon, RunEngine engine, TimeProvider time) =>
        (_contexts, _gate, _horizon, _engine, _time) = (contexts, gate, horizon, engine, time);

    /// <summary>Looks at every stored answer: not to be asked again and again.</summary>
    public async Task<CacheRecord> GetAsync(CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await Task.Run(() => ReadAsync(db, cancellationToken), cancellationToken).ConfigureAwait(false); // SQLite never yields
    }

    /// <summary>
    /// From now on every request is asked anew. Answers that results refer to stay; the others are removed, unless runs are at work, which may be about to refer to one.
    /// </summary>
    public async Task<CacheEmptied> EmptyAsync(CancellationToken cancellationToken)
    {
        int removed;
        using (await _gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            removed = await Task.Run(() => EmptyInTurnAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var cache = await GetAsync(cancellationToken).ConfigureAwait(false);
        return new CacheEmptied(removed, cache.Answers - cache.Unreferenced, cache.Unreferenced, cache);
    }

    /// <summary>A run that begins to work enters the gate first: where none works now, none can come to hold an answer that is being removed.</summary>
    private async Task<int> EmptyInTurnAsync(CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var last = await db.Set<Answer>().MaxAsync(answer => (long?)answer.Id, cancellationToken).ConfigureAwait(false) ?? 0;
        var now = _time.GetUtcNow();
        await AnswerHorizon.MoveAsync(db, last, now, cancellationToken).ConfigureAwait(false);
        var removed = _engine.RunsAtWork > 0 ? 0 : await db.Database.ExecuteSqlRawAsync($"""DELETE FROM "Answers" WHERE {Unreferenced}""", cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _horizon.Set(last, now);
        return removed;
    }

    private async Task<CacheRecord> ReadAsync(WorkbenchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        await using var _ = command.ConfigureAwait(false);
        command.CommandText = $"""
            SELECT count(*), coalesce(sum("Id" > $last), 0), coalesce(sum({Unreferenced}), 0), coalesce(sum(length("Positions") + length(CAST("Text" AS BLOB)) + length("RequestHash")), 0) FROM "Answers"
            """;
        command.Parameters.Add(new SqliteParameter("$last", _horizon.Last));
        var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new CacheRecord(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3), _horizon.Since);
    }
}
