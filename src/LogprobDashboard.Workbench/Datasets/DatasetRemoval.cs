using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Takes a dataset away in short transactions: hidden first, then its samples some thousands at a time, then itself, so that other writers never wait for long.</summary>
internal sealed class DatasetRemoval(WorkbenchDb db, WriteGate gate)
{
    private const int SamplesAtOnce = 10_000;
    private const int ForeignKeyFailed = 787;

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var key = Ids.Parse(id, "dataset");
        using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!await db.Set<Dataset>().AnyAsync(dataset => dataset.Id == key && dataset.ImportedAt != null, cancellationToken).ConfigureAwait(false))
                throw UserErrorException.NotFound("dataset", id);
            if (await IsUsedAsync(key, cancellationToken).ConfigureAwait(false))
                throw await InUseAsync(key, cancellationToken).ConfigureAwait(false);
            await db.Set<Dataset>().Where(dataset => dataset.Id == key)
                .ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.ImportedAt, (DateTimeOffset?)null), cancellationToken).ConfigureAwait(false);
        }
        // From here on it is gone for everyone; what a crash leaves of it the next start removes.
        try
        {
            await RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException failure) when (failure.SqliteExtendedErrorCode == ForeignKeyFailed)
        {
            throw await InUseAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async Task RemoveAsync(long key, CancellationToken cancellationToken)
    {
        for (var removed = SamplesAtOnce; removed > 0;)
        {
            using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                removed = await db.Database.ExecuteSqlAsync(
                    $"""DELETE FROM "Samples" WHERE "DatasetId" = {key} AND "Index" IN (SELECT "Index" FROM "Samples" WHERE "DatasetId" = {key} ORDER BY "Index" LIMIT {SamplesAtOnce})""",
                    cancellationToken).ConfigureAwait(false);
            }
        }
        using (await gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            await db.Set<Dataset>().Where(dataset => dataset.Id == key).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks every table that refers to datasets, whichever feature it belongs to; samples go with their dataset.</summary>
    private async Task<bool> IsUsedAsync(long key, CancellationToken cancellationToken)
    {
        var references = await db.Database.SqlQuery<Reference>(
            $"""
            SELECT tables.name AS "Table", keys."from" AS "Column"
            FROM sqlite_master AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
            WHERE tables.type = 'table' AND keys."table" = 'Datasets' AND keys.on_delete <> 'CASCADE'
            """).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (table, column) in references)
        {
            // Both names come from the schema, quoted as identifiers.
            var sql = $"SELECT EXISTS (SELECT 1 FROM \"{table}\" WHERE \"{column}\" = {{0}}) AS \"Value\"";
            if (await db.Database.SqlQueryRaw<bool>(sql, key).SingleAsync(cancellationToken).ConfigureAwait(false))
                return true;
        }
        return false;
    }

    private async Task<UserErrorException> InUseAsync(long key, CancellationToken cancellationToken)
    {
        const int Named = 10;
        var names = await db.Set<Experiment>().Where(experiment => experiment.DatasetId == key).OrderBy(experiment => experiment.Id).Select(experiment => experiment.Name)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var list = string.Join(", ", names.Take(Named).Select(name => $"\"{name}\"")) + (names.Count > Named ? $" and {names.Count - Named} more" : "");
        return new UserErrorException(
            UserErrorKind.Conflict,
            names.Count == 0 ? "The dataset is used by experiments that are being set up." : $"The dataset is used by experiments: {list}.",
            "Delete the experiments that use it first.");
    }

    private sealed record Reference(string Table, string Column);
}
