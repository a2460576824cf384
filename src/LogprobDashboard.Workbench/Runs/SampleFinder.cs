using System.Globalization;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Finds the sample that a recorded line means. An id of a batch job is the sample's own, or ends in its index ("sms-17"). Of samples with the same text
/// each line takes the next.
/// </summary>
internal sealed class SampleFinder
{
    private readonly int _count;
    private readonly Dictionary<string, int> _byId;
    private readonly Dictionary<string, Queue<int>> _byText;
    private readonly HashSet<int> _taken = [];

    private SampleFinder(int count, Dictionary<string, int> byId, Dictionary<string, Queue<int>> byText) => (_count, _byId, _byText) = (count, byId, byText);

    /// <param name="byText">Whether lines name samples by their text: only then are the texts read.</param>
    public static async Task<SampleFinder> OfAsync(WorkbenchDb db, long datasetId, int count, bool byText, CancellationToken cancellationToken)
    {
        var (ids, texts) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, Queue<int>>(StringComparer.Ordinal));
        var samples = db.Set<Sample>().AsNoTracking().Where(sample => sample.DatasetId == datasetId).OrderBy(sample => sample.Index);
        await foreach (var row in samples.Select(sample => new { sample.Index, sample.ExternalId, Text = byText ? sample.Text : null }).AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (row.ExternalId is not null)
                ids.TryAdd(row.ExternalId, row.Index);
            if (row.Text is null)
                continue;
            if (!texts.TryGetValue(row.Text, out var queue))
                texts[row.Text] = queue = new Queue<int>();
            queue.Enqueue(row.Index);
        }

        return new SampleFinder(count, ids, texts);
    }

    /// <exception cref="UserErrorException">There is no such sample, or a line before named it.</exception>
    public int Find(RecordedLine line, long number)
    {
        var index = line.Naming switch
        {
            SampleNaming.Index => Index(line.Name),
            SampleNaming.Id => _byId.GetValueOrDefault(line.Name, -1),
            SampleNaming.BatchId => _byId.TryGetValue(line.Name, out var known) ? known : Index(line.Name[(LastOther(line.Name) + 1)..]),
            _ => _byText.TryGetValue(line.Name, out var queue) && queue.TryDequeue(out var next) ? next : -1,
        };
        if (index < 0 || index >= _count)
            throw RecordedLine.Wrong(number, $"names a sample that the dataset does not have ({Short(line.Name)})");
        return _taken.Add(index) ? index : throw RecordedLine.Wrong(number, $"names a sample that a line before named ({Short(line.Name)})");
    }

    private static int Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private static int LastOther(string text)
    {
        var at = text.Length - 1;
        while (at >= 0 && char.IsAsciiDigit(text[at]))
            at--;
        return at;
    }

    private static string Short(string name) => name.Length > 60 ? name[..60] + "…" : name;
}
