using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Prompts;

/// <summary>The sample that a prompt is filled in for before anything runs.</summary>
internal static class SampleToFillIn
{
    /// <returns>A text of one's own as a sample without further columns; else the sample at the index, else the first one; null where the dataset is empty.</returns>
    public static async Task<SampleRecord?> SampleToFillInAsync(this DatasetsQueries datasets, DatasetRecord dataset, int? index, string? text, CancellationToken cancellationToken)
    {
        if (text is not null)
            return new SampleRecord(-1, null, text, null, null, new Dictionary<string, object?>());
        var found = await datasets.SamplesAsync(Ids.Parse(dataset.Id, "dataset"), [index ?? 0], cancellationToken).ConfigureAwait(false);
        if (found.Count == 1)
            return found[0];
        return index is null
            ? null
            : throw UserErrorException.Field("sampleIndex", FormattableString.Invariant($"The dataset has no sample {index}."), FormattableString.Invariant($"It has the samples 0 to {dataset.RowCount - 1}."));
    }
}
