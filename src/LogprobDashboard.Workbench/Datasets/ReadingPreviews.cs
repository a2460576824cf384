namespace LogprobDashboard.Workbench.Datasets;

/// <summary>Reads a staged file to its end without storing anything, to show what an import would make of it.</summary>
public sealed class ReadingPreviews(DatasetsQueries datasets)
{
    private const int RowsBetweenReports = 2_000;

    /// <exception cref="UserErrorException">Not even a table could be seen in it.</exception>
    public async Task<ReadingPreview> OfAsync(StagedFile file, ReadingOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var twin = await datasets.NameOfTwinAsync(file.ContentHash, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Preview(file, options, twin, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static ReadingPreview Preview(StagedFile file, ReadingOptions options, string? twin, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var reading = DatasetReading.Look(file, options, cancellationToken);
        if (reading.Choice.Problem is { } problem)
            return ReadingPreview.Of(reading, problem);
        var watch = new RowWatch();
        using var rows = new SampleRows(reading, watch);
        var count = 0;
        try
        {
            while (rows.TryRead(out _))
            {
                if (++count % RowsBetweenReports != 0)
                    continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress(rows.Position, file.Bytes, count));
            }
        }
        catch (UserErrorException broken)
        {
            return ReadingPreview.Of(reading, rows, watch, count, twin) with { Problem = broken };
        }
        return ReadingPreview.Of(reading, rows, watch, count, twin);
    }
}
