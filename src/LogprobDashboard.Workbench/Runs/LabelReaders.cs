using System.Collections.Concurrent;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>Readers keep what they learn about tokens, so one serves every batch with the same label words.</summary>
internal static class LabelReaders
{
    private const int Kept = 8;

    private static readonly ConcurrentDictionary<string, LabelReader> Readers = new(StringComparer.Ordinal);

    public static LabelReader For(IReadOnlyList<ExperimentLabel> labels)
    {
        var key = string.Join('\u0001', labels.Select(label => $"{label.Name}\u0002{string.Join('\u0003', label.Words ?? [])}"));
        if (Readers.TryGetValue(key, out var reader))
            return reader;
        if (Readers.Count >= Kept)
            Readers.Clear();
        return Readers.GetOrAdd(key, _ => new LabelReader(new LabelSet(labels.Select(label => new LabelDefinition(label.Name, label.Words ?? [])))));
    }
}
