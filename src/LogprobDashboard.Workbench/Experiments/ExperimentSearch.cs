using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Experiments;

/// <summary>Experiments whose name, dataset or label holds a part, whatever its case in whatever script: SQLite's own LIKE folds ASCII letters only, so the comparison is lent to the connection.</summary>
internal static class ExperimentSearch
{
    public static async Task<IQueryable<Experiment>> MatchingAsync(WorkbenchDb db, string? search, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(search))
            return db.Set<Experiment>().AsNoTracking();
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction(
            "name_holds", (string? name, string part) => name?.Contains(part, StringComparison.OrdinalIgnoreCase) == true, isDeterministic: true);
        var part = search.Trim();
        return db.Set<Experiment>().FromSql(
            $"""
            SELECT experiment.* FROM "Experiments" AS experiment
            WHERE name_holds(experiment."Name", {part})
               OR EXISTS (SELECT 1 FROM "Datasets" AS dataset WHERE dataset."Id" = experiment."DatasetId" AND name_holds(dataset."Name", {part}))
               OR EXISTS (SELECT 1 FROM json_each(experiment."Labels") AS label WHERE name_holds(json_extract(label.value, '$.name'), {part}))
            """).AsNoTracking();
    }
}
