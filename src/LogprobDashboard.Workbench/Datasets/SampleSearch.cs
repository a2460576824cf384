using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Samples by label, source and a part of their text.</summary>
internal static class SampleSearch
{
    public static async Task<IQueryable<Sample>> MatchingAsync(WorkbenchDb db, long datasetId, SamplesFilter filter, CancellationToken cancellationToken)
    {
        var samples = db.Set<Sample>().AsQueryable();
        if (!string.IsNullOrEmpty(filter.Search))
        {
            await TextSearch.LendAsync(db, cancellationToken).ConfigureAwait(false);
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
