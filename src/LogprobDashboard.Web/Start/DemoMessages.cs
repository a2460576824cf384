using LogprobDashboard.Web.Demo;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Start;

/// <summary>The short messages that come with the product, for a first experiment of one's own.</summary>
internal sealed class DemoMessages(DemoSamples samples, UploadStaging staging, DatasetsService datasets, DatasetsQueries queries)
{
    private const int MostDatasets = 1000;

    /// <summary>Imports them, once: where they are there already, nothing is imported.</summary>
    public async Task<string> DatasetIdAsync(CancellationToken cancellationToken)
    {
        var demo = (await samples.ReadAsync(cancellationToken))[0].Dataset;
        await using var file = samples.Open(demo.File);
        using var staged = await staging.StageAsync(file, demo.File, cancellationToken);
        var known = (await queries.ListAsync(null, MostDatasets, cancellationToken)).Items.FirstOrDefault(dataset => dataset.ContentHash == staged.ContentHash);
        if (known is not null)
            return known.Id;
        var reading = new ReadingOptions { TextColumn = demo.TextColumn, LabelColumn = demo.LabelColumn, SourceColumn = demo.SourceColumn };
        return (await datasets.ImportAsync(staged, demo.Name, reading, cancellationToken)).Id;
    }
}
