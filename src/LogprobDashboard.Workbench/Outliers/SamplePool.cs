using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The samples that are compared, in sample order, and where each run has them. Compared is what every run answered and none abstains from; where a cell of the first run is looked at, the first run alone decides.</summary>
internal sealed class SamplePool
{
    private readonly int[][] _rows;

    private SamplePool(IReadOnlyList<RunScores> runs, int[] samples, int[][] rows) => (Runs, Samples, _rows) = (runs, samples, rows);

    public IReadOnlyList<RunScores> Runs { get; }

    /// <summary>Sample indexes, ascending.</summary>
    public int[] Samples { get; }

    public int Count => Samples.Length;

    /// <summary>A run's row by place in the pool; -1 where it has none.</summary>
    public int[] Rows(int run) => _rows[run];

    /// <param name="runs">Those that are compared.</param>
    /// <param name="isIn">Which rows of the first run.</param>
    /// <param name="mostEntropy">A run abstains from what it scored above this, in nats; null: from nothing.</param>
    /// <param name="ofTheFirstRun">Whether it alone decides.</param>
    public static SamplePool Create(IReadOnlyList<RunScores> runs, Func<int, bool> isIn, double? mostEntropy, bool ofTheFirstRun)
    {
        var samples = new List<int>(runs.Count > 0 ? runs[0].Count : 0);
        var rows = runs.Select(_ => new List<int>()).ToArray();
        var at = new int[runs.Count];
        for (var first = 0; runs.Count > 0 && first < runs[0].Count; first++)
        {
            if (!IsCompared(runs[0], first, mostEntropy) || !isIn(first))
                continue;
            at[0] = first;
            if (!FindOthers(runs, at, mostEntropy) && !ofTheFirstRun)
                continue;
            samples.Add(runs[0].SampleIndex[first]);
            for (var run = 0; run < runs.Count; run++)
                rows[run].Add(at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] == samples[^1] ? at[run] : -1);
        }

        return new SamplePool(runs, [.. samples], Array.ConvertAll(rows, list => list.ToArray()));
    }

    /// <summary>Moves every other run to the first run's sample; true where all of them have it to compare.</summary>
    private static bool FindOthers(IReadOnlyList<RunScores> runs, int[] at, double? mostEntropy)
    {
        var (sample, all) = (runs[0].SampleIndex[at[0]], true);
        for (var run = 1; run < runs.Count; run++)
        {
            while (at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] < sample)
                at[run]++;
            all &= at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] == sample && IsCompared(runs[run], at[run], mostEntropy);
        }

        return all;
    }

    private static bool IsCompared(RunScores run, int row, double? mostEntropy) => run.Status[row] != ResultStatus.Failed && !JudgedRun.Abstains(run, row, mostEntropy);
}
