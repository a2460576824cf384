namespace LogprobDashboard.Workbench.Datasets;

/// <summary>The second stage of an import: finds out how a staged file is to be read. It changes nothing, so it can be asked again with other options.</summary>
public sealed class DatasetReading
{
    public Task<Reading> ReadAsync(StagedFile file, ReadingOptions options, CancellationToken cancellationToken) =>
        Task.Run(() => Read(file, options, cancellationToken), cancellationToken);

    private static Reading Read(StagedFile file, ReadingOptions options, CancellationToken cancellationToken)
    {
        var reading = Look(file, options, cancellationToken);
        return reading.Choice.Problem is { } problem ? throw problem : reading;
    }

    /// <summary>As far as the file can be read: that its columns cannot be told apart is said by the reading's choice.</summary>
    internal static Reading Look(StagedFile file, ReadingOptions options, CancellationToken cancellationToken)
    {
        FormatDetection.RefuseParquet(options.Format, file.FileName);
        if (file.Bytes == 0)
            throw ReadingErrors.Empty();
        var encoding = EncodingDetection.Detect(file, options.Encoding, cancellationToken);
        var head = TextHead.Read(encoding.File);
        if (head.IsWhole && string.IsNullOrWhiteSpace(head.Text))
            throw ReadingErrors.Empty();
        var format = FormatDetection.Detect(options.Format, file.FileName, head.Text);
        return format == FileFormat.JsonLines
            ? JsonLinesReading.Read(encoding, options, cancellationToken)
            : DelimitedReading.Read(encoding, head, format, options, cancellationToken);
    }
}
