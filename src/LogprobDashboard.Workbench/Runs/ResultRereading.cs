using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Reads every stored answer of an experiment again with its present label words. No call is made.</summary>
internal sealed class ResultRereading
{
    private const int Chunk = 2000;

    /// <summary>Within the caller's transaction, so that labels and results never disagree.</summary>
    public async Task RereadAsync(WorkbenchDb db, Experiment experiment, CancellationToken cancellationToken)
    {
        var runs = await db.Set<Run>().Where(run => run.ExperimentId == experiment.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var run in runs)
        {
            var counts = Reread(connection, transaction, run.Id, experiment, cancellationToken);
            (run.Scored, run.Unscorable, run.Censored, run.AnswerMismatches) = (counts.Scored, counts.Unscorable, counts.Censored, counts.AnswerMismatches);
            run.ResultsRevision++;
        }

        await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static RunCounts Reread(SqliteConnection connection, SqliteTransaction transaction, long runId, Experiment experiment, CancellationToken cancellationToken)
    {
        var reader = LabelReaders.For(experiment.Labels);
        var counts = new RunCounts();
        using var update = connection.CreateCommand();
        update.Transaction = transaction;
        update.CommandText = $"""
            UPDATE "Results" SET {string.Join(", ", LabelReading.Columns.Select(column => $"\"{column}\" = ${column}"))}
            WHERE "RunId" = $RunId AND "SampleIndex" = $SampleIndex
            """;
        LabelReading.AddParameters(update);
        update.Parameters.Add(new SqliteParameter("$RunId", runId));
        update.Parameters.Add(new SqliteParameter("$SampleIndex", 0));
        for (var after = -1; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = Answers(connection, transaction, runId, after);
            foreach (var (index, answer) in chunk)
            {
                update.Parameters["$SampleIndex"].Value = index;
                counts.AddReading(LabelReading.Bind(update, reader, answer));
                update.ExecuteNonQuery();
            }

            if (chunk.Count < Chunk)
                return counts;
            after = chunk[^1].Index;
        }
    }

    private static List<(int Index, ReceivedAnswer Answer)> Answers(SqliteConnection connection, SqliteTransaction transaction, long runId, int after)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            SELECT result."SampleIndex", answer."Positions", answer."Text"
            FROM "Results" AS result JOIN "Answers" AS answer ON answer."Id" = result."AnswerId"
            WHERE result."RunId" = $run AND result."SampleIndex" > $after
            ORDER BY result."SampleIndex" LIMIT $take
            """;
        command.Parameters.AddWithValue("$run", runId);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$take", Chunk);
        using var rows = command.ExecuteReader();
        var answers = new List<(int, ReceivedAnswer)>(Chunk);
        while (rows.Read())
            answers.Add((rows.GetInt32(0), new ReceivedAnswer(AnswerCodec.Decode(rows.GetFieldValue<byte[]>(1)), rows.GetString(2), null, null, null, null)));
        return answers;
    }
}
