using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The samples that are compared, in sample order, and where each run has them. Compared is what every run answered; where a cell of the first run is looked at, all that the first run answered.</summary>
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

    public static SamplePool Create(IReadOnlyList<RunScores> runs, string? source, bool ofTheFirstRun)
    {
        var samples = new List<int>(runs.Count > 0 ? runs[0].Count : 0);
        var rows = runs.Select(_ => new List<int>()).ToArray();
        var at = new int[runs.Count];
        for (var first = 0; runs.Count > 0 && first < runs[0].Count; first++)
        {
            if (!IsAnswered(runs[0], first) || (source is not null && SourceOf(runs[0], first) != source))
                continue;
            at[0] = first;
            if (!FindOthers(runs, at) && !ofTheFirstRun)
                continue;
            samples.Add(runs[0].SampleIndex[first]);
            for (var run = 0; run < runs.Count; run++)
                rows[run].Add(at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] == samples[^1] ? at[run] : -1);
        }

        return new SamplePool(runs, [.. samples], Array.ConvertAll(rows, list => list.ToArray()));
    }

    /// <summary>Moves every other run to the first run's sample; true where all of them answered it.</summary>
    private static bool FindOthers(IReadOnlyList<RunScores> runs, int[] at)
    {
        var (sample, all) = (runs[0].SampleIndex[at[0]], true);
        for (var run = 1; run < runs.Count; run++)
        {
            while (at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] < sample)
                at[run]++;
            all &= at[run] < runs[run].Count && runs[run].SampleIndex[at[run]] == sample && IsAnswered(runs[run], at[run]);
        }

        return all;
    }

    private static bool IsAnswered(RunScores run, int row) => run.Status[row] != ResultStatus.Failed;

    private static string? SourceOf(RunScores run, int row) => run.Source[row] < 0 ? null : run.Sources[run.Source[row]];
}
