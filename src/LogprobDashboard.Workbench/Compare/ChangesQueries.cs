using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Finds the samples that a threshold puts on another side than the model's own choice, the argmax.</summary>
public sealed class ChangesQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly JudgedRuns _judged;

    internal ChangesQueries(ExperimentsQueries experiments, DatasetsQueries datasets, JudgedRuns judged) => (_experiments, _datasets, _judged) = (experiments, datasets, judged);

    /// <summary>In the view's order; of each run at most <paramref name="take"/> samples, those nearest to the threshold first. Thresholds by run (log odds) stand before the view's.</summary>
    public async Task<IReadOnlyList<RunChanges>> OfAsync(CompareView view, int take, IReadOnlyDictionary<string, double>? thresholds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var runs = new List<(ComparedRun Run, JudgedRun Judged)>();
        foreach (var run in view.Runs)
            runs.Add((run, await _judged.OfAsync(run.RunId, experiment.DatasetId, view.Scope, cancellationToken).ConfigureAwait(false)));
        var changes = runs.AsParallel().AsOrdered().Select(run => (run.Run, Found: ThresholdOf(run.Run, thresholds) is { } at ? Find(run.Judged, run.Judged.LabelIndex(view.PositiveLabel, view.PositiveLabel), at, take) : null)).ToList();
        var indexes = changes.SelectMany(run => run.Found?.Rows.Select(row => row.Sample) ?? []).Distinct().ToList();
        var texts = (await _datasets.SamplesAsync(experiment.DatasetId, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(sample => sample.Index);
        return [.. changes.Select(run => new RunChanges(
            run.Run.RunId,
            run.Found?.Caught ?? 0,
            run.Found?.Missed ?? 0,
            run.Found?.Raised ?? 0,
            run.Found?.Cleared ?? 0,
            run.Found is { } found ? [.. found.Rows.Select(row => new ChangedSample(row.Sample, texts[row.Sample].Text, texts[row.Sample].Label!, row.Score, row.IsPositive, row.Flagged))] : null))];
    }

    /// <summary>Infinite where none is flagged; null where there is no operating point.</summary>
    private static double? ThresholdOf(ComparedRun run, IReadOnlyDictionary<string, double>? thresholds) =>
        thresholds?.TryGetValue(run.RunId, out var moved) == true ? moved : run.Chosen is null ? null : run.Chosen.Threshold ?? double.PositiveInfinity;

    private static Changed Find(JudgedRun run, int positive, double threshold, int take)
    {
        var rows = new PriorityQueue<ChangedRow, double>(); // the farthest leaves first
        var (caught, missed, raised, cleared) = (0, 0, 0, 0);
        var scores = run.ScoresOf(positive);
        for (var place = 0; place < scores.Length; place++)
        {
            var (row, score) = (run.Rows[place], scores[place]);
            var (flagged, isPositive) = (score >= threshold, run.Scores.TrueLabel[row] == positive);
            if (flagged == (run.Scores.Predicted[row] == positive))
                continue;
            _ = (isPositive, flagged) switch
            {
                (true, true) => caught++,
                (true, false) => missed++,
                (false, true) => raised++,
                _ => cleared++,
            };
            var distance = double.IsFinite(threshold) ? Math.Abs(score - threshold) : -score;
            if (rows.Count >= take)
            {
                if (!rows.TryPeek(out var farthest, out _) || distance >= farthest.Distance)
                    continue;
                rows.Dequeue();
            }

            rows.Enqueue(new ChangedRow(run.Scores.SampleIndex[row], score, isPositive, flagged, distance), -distance);
        }

        return new Changed(caught, missed, raised, cleared, [.. rows.UnorderedItems.Select(item => item.Element).OrderBy(row => row.Distance).ThenBy(row => row.Sample)]);
    }

    private sealed record Changed(int Caught, int Missed, int Raised, int Cleared, IReadOnlyList<ChangedRow> Rows);

    private sealed record ChangedRow(int Sample, double Score, bool IsPositive, bool Flagged, double Distance);
}

/// <summary>
/// What a threshold changes against the argmax: positives that it catches (<paramref name="Caught"/>) or misses now, others that it flags in error (<paramref name="Raised"/>) or clears now.
/// <paramref name="Samples"/> is null where the run has no operating point.
/// </summary>
public sealed record RunChanges(string RunId, int Caught, int Missed, int Raised, int Cleared, IReadOnlyList<ChangedSample>? Samples)
{
    public int Count => Caught + Missed + Raised + Cleared;
}

/// <summary>A sample on another side than at the argmax. <paramref name="Score"/> in log odds of the positive label.</summary>
public sealed record ChangedSample(int Index, string Text, string Label, double Score, bool IsPositive, bool Flagged)
{
    public bool IsRight => IsPositive == Flagged;
}
