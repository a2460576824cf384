using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Stores outcomes in one transaction by prepared statements: answers once, results once for each run and sample, counters of the runs with them.</summary>
internal sealed class ResultBatch : IDisposable
{
    private readonly SqliteCommand _answer;
    private readonly SqliteCommand _result;
    private readonly SqliteCommand _counters;
    private readonly SqliteCommand _retries;

    private ResultBatch(SqliteConnection connection, SqliteTransaction transaction)
    {
        _answer = Command("""
            INSERT INTO "Answers" ("RequestHash", "Positions", "Text", "FinishReason", "ServedModel", "PromptTokens", "CompletionTokens", "CreatedAt")
            VALUES ($RequestHash, $Positions, $Text, $FinishReason, $ServedModel, $PromptTokens, $CompletionTokens, $CreatedAt)
            RETURNING "Id"
            """, "RequestHash", "Positions", "Text", "FinishReason", "ServedModel", "PromptTokens", "CompletionTokens", "CreatedAt");
        string[] own = ["RunId", "SampleIndex", "AnswerId", "Problem", "LatencyMilliseconds", "Cached"];
        var columns = own.Concat(LabelReading.Columns).ToArray();
        _result = Command($"""
            INSERT INTO "Results" ({LabelReading.Quoted(columns)}) VALUES ({LabelReading.ParameterList(columns)})
            ON CONFLICT ("RunId", "SampleIndex") DO NOTHING
            """, own);
        LabelReading.AddParameters(_result);
        _counters = Command("""
            UPDATE "Runs" SET "Scored" = "Scored" + $Scored, "Unscorable" = "Unscorable" + $Unscorable, "Failed" = "Failed" + $Failed,
                "Cached" = "Cached" + $Cached, "Censored" = "Censored" + $Censored, "AnswerMismatches" = "AnswerMismatches" + $AnswerMismatches,
                "PromptTokens" = "PromptTokens" + $PromptTokens, "CompletionTokens" = "CompletionTokens" + $CompletionTokens,
                "ResultsRevision" = "ResultsRevision" + 1
            WHERE "Id" = $RunId
            """, "Scored", "Unscorable", "Failed", "Cached", "Censored", "AnswerMismatches", "PromptTokens", "CompletionTokens", "RunId");
        _retries = Command("""UPDATE "Runs" SET "Retries" = "Retries" + $Retries WHERE "Id" = $RunId""", "Retries", "RunId");

        SqliteCommand Command(string text, params string[] parameters)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = text;
            foreach (var parameter in parameters)
                command.Parameters.Add(new SqliteParameter("$" + parameter, DBNull.Value));
            return command;
        }
    }

    public static Task StoreAsync(IDbContextFactory<WorkbenchDb> contexts, IReadOnlyList<SampleOutcome> outcomes, DateTimeOffset now, CancellationToken cancellationToken) =>
        StoreAsync(contexts, outcomes, new Dictionary<long, int>(), now, cancellationToken);

    /// <summary>Outcomes of a run that was deleted meanwhile are dropped.</summary>
    /// <param name="contexts">Opens the database.</param>
    /// <param name="outcomes">What came of samples.</param>
    /// <param name="retries">By run, how many calls were made again.</param>
    /// <param name="now">When answers are said to be stored.</param>
    /// <param name="cancellationToken">Before the commit it undoes everything.</param>
    public static async Task StoreAsync(IDbContextFactory<WorkbenchDb> contexts, IReadOnlyList<SampleOutcome> outcomes, IReadOnlyDictionary<long, int> retries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var readers = await ReadersAsync(db, outcomes, cancellationToken).ConfigureAwait(false);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var batch = new ResultBatch(connection, transaction);
        var counts = new Dictionary<long, RunCounts>();
        var firstStored = new List<SharedAnswer>();
        try
        {
            foreach (var outcome in outcomes.Where(outcome => readers.ContainsKey(outcome.RunId)))
                batch.Store(outcome, readers[outcome.RunId], now, counts, firstStored);
            foreach (var (run, count) in counts)
                batch.Count(run, count);
            foreach (var (run, calls) in retries)
                batch.CountRetries(run, calls);
            transaction.Commit();
            foreach (var count in counts.Values)
                RunTelemetry.Stored(count);
        }
        catch
        {
            firstStored.ForEach(answer => answer.StoredId = 0);
            throw;
        }
    }

    public void Dispose()
    {
        _answer.Dispose();
        _result.Dispose();
        _counters.Dispose();
        _retries.Dispose();
    }

    /// <summary>One reader of labels for each run, by the label words as they are now: whoever changes them holds the same gate.</summary>
    private static async Task<Dictionary<long, LabelReader>> ReadersAsync(WorkbenchDb db, IReadOnlyList<SampleOutcome> outcomes, CancellationToken cancellationToken)
    {
        var runs = outcomes.Select(outcome => outcome.RunId).Distinct().ToList();
        var rows = await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            where runs.Contains(run.Id)
            select new { run.Id, experiment.Labels }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Id, row => LabelReaders.For(row.Labels));
    }

    private void Store(SampleOutcome outcome, LabelReader reader, DateTimeOffset now, Dictionary<long, RunCounts> counts, List<SharedAnswer> firstStored)
    {
        LabelDistribution? distribution = null;
        if (outcome.Answer is { } answer)
        {
            if (answer.StoredId == 0)
            {
                answer.StoredId = Insert(answer, now);
                firstStored.Add(answer);
            }

            distribution = LabelReading.Bind(_result, reader, answer.Received);
        }
        else
        {
            LabelReading.BindFailure(_result, outcome.Failure!);
        }

        _result.Parameters["$RunId"].Value = outcome.RunId;
        _result.Parameters["$SampleIndex"].Value = outcome.SampleIndex;
        _result.Parameters["$AnswerId"].Value = (object?)outcome.Answer?.StoredId ?? DBNull.Value;
        _result.Parameters["$Problem"].Value = (object?)outcome.Failure?.Message ?? DBNull.Value;
        _result.Parameters["$LatencyMilliseconds"].Value = outcome.LatencyMilliseconds;
        _result.Parameters["$Cached"].Value = outcome.Cached ? 1 : 0;
        if (_result.ExecuteNonQuery() == 0)
            return;
        if (!counts.TryGetValue(outcome.RunId, out var count))
            counts[outcome.RunId] = count = new RunCounts();
        count.Add(outcome, distribution);
    }

    private long Insert(SharedAnswer answer, DateTimeOffset now)
    {
        var received = answer.Received;
        Set(_answer, "RequestHash", answer.RequestHash);
        Set(_answer, "Positions", AnswerCodec.Encode(received.Positions));
        Set(_answer, "Text", received.Text);
        Set(_answer, "FinishReason", received.FinishReason);
        Set(_answer, "ServedModel", received.ServedModel);
        Set(_answer, "PromptTokens", received.PromptTokens);
        Set(_answer, "CompletionTokens", received.CompletionTokens);
        Set(_answer, "CreatedAt", UtcText.Format(now));
        return (long)_answer.ExecuteScalar()!;
    }

    private void Count(long run, RunCounts count)
    {
        Set(_counters, "Scored", count.Scored);
        Set(_counters, "Unscorable", count.Unscorable);
        Set(_counters, "Failed", count.Failed);
        Set(_counters, "Cached", count.Cached);
        Set(_counters, "Censored", count.Censored);
        Set(_counters, "AnswerMismatches", count.AnswerMismatches);
        Set(_counters, "PromptTokens", count.PromptTokens);
        Set(_counters, "CompletionTokens", count.CompletionTokens);
        Set(_counters, "RunId", run);
        _counters.ExecuteNonQuery();
    }

    private void CountRetries(long run, int calls)
    {
        Set(_retries, "Retries", calls);
        Set(_retries, "RunId", run);
        _retries.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, string name, object? value) => command.Parameters["$" + name].Value = value ?? DBNull.Value;
}
