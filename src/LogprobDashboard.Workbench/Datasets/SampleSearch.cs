using LogprobDashboard.Workbench.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Samples whose text holds a part, whatever its case in whatever script: SQLite's own LIKE folds ASCII letters only, so the comparison is lent to the connection.</summary>
internal static class SampleSearch
{
    public static async Task<IQueryable<Sample>> MatchingAsync(WorkbenchDb db, long datasetId, SamplesFilter filter, CancellationToken cancellationToken)
    {
        var samples = db.Set<Sample>().AsQueryable();
        if (!string.IsNullOrEmpty(filter.Search))
        {
            await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction(
                "text_holds", (string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase), isDeterministic: true);
            samples = db.Set<Sample>().FromSql($"""SELECT * FROM "Samples" WHERE "DatasetId" = {datasetId} AND text_holds("Text", {filter.Search})""");
        }
        samples = samples.AsNoTracking().Where(sample => sample.DatasetId == datasetId);
        if (filter.Label is { } label)
            samples = samples.Where(sample => sample.Label == (label == "" ? null : label));
        if (filter.Source is { } source)
            samples = samples.Where(sample => sample.Source == (source == "" ? null : source));
        return samples;
    }
}
