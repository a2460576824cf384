using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// Which samples a run is about, in the order in which they are asked: a seeded permutation of those of the wanted sources, of which a limit takes
/// the first n. So a larger limit contains the smaller one, and what is done so far is always a random part of the whole.
/// </summary>
internal static class SampleSelection
{
    public static int[] Of(SampleColumns samples, IReadOnlyList<string> sources, int? limit, long seed)
    {
        var wanted = Wanted(samples, sources);
        var order = SeededPermutation.Create(wanted.Length, seed);
        var selected = new int[Math.Min(limit ?? wanted.Length, wanted.Length)];
        for (var i = 0; i < selected.Length; i++)
            selected[i] = wanted[order[i]];
        return selected;
    }

    private static int[] Wanted(SampleColumns samples, IReadOnlyList<string> sources)
    {
        if (sources.Count == 0)
            return [.. Enumerable.Range(0, samples.Count)];
        return [.. Enumerable.Range(0, samples.Count).Where(index => samples.SourceAt(index) is { } source && sources.Contains(source))];
    }
}
