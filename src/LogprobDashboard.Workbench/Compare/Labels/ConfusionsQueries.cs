using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Finds which labels are taken for which, with samples to look at.</summary>
public sealed class ConfusionsQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly JudgedRuns _judged;

    internal ConfusionsQueries(ExperimentsQueries experiments, DatasetsQueries datasets, JudgedRuns judged) => (_experiments, _datasets, _judged) = (experiments, datasets, judged);

    /// <summary>In the view's order; of each run at most <paramref name="pairs"/> pairs of labels, most samples first, each with at most <paramref name="samples"/> samples: those that the run was surest of.</summary>
    public async Task<IReadOnlyList<RunConfusions>> OfAsync(CompareView view, int pairs, int samples, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var found = new List<(string RunId, List<Pair> Pairs)>();
        foreach (var run in view.Runs)
        {
            var judged = await _judged.OfAsync(run.RunId, experiment.DatasetId, view.Scope, cancellationToken).ConfigureAwait(false);
            found.Add((run.RunId, Find(judged, pairs, samples)));
        }

        var indexes = found.SelectMany(run => run.Pairs).SelectMany(pair => pair.Samples).Distinct().ToList();
        var texts = (await _datasets.SamplesAsync(experiment.DatasetId, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(sample => sample.Index, sample => sample.Text);
        return [.. found.Select(run => new RunConfusions(run.RunId, [.. run.Pairs.Select(pair => new LabelConfusion(
            view.Labels[pair.Truth],
            view.Labels[pair.Predicted],
            pair.Count,
            (double)pair.Count / pair.Support,
            [.. pair.Samples.Select(index => new ConfusedSample(index, texts[index]))]))]))];
    }

    private static List<Pair> Find(JudgedRun run, int pairs, int samples)
    {
        var confusion = run.Confusion();
        var labels = run.Scores.Labels.Count;
        List<(int Truth, int Predicted, int Count)> worst =
        [
            .. Enumerable.Range(0, labels)
                .SelectMany(truth => Enumerable.Range(0, labels).Where(predicted => predicted != truth).Select(predicted => (truth, predicted, confusion.Counts[truth][predicted])))
                .Where(pair => pair.Item3 > 0)
                .OrderByDescending(pair => pair.Item3).ThenByDescending(pair => (double)pair.Item3 / run.PositivesByLabel[pair.truth])
                .Take(pairs),
        ];
        var rows = run.Rows
            .Where(row => run.Scores.Predicted[row] != run.Scores.TrueLabel[row])
            .ToLookup(row => (run.Scores.TrueLabel[row], run.Scores.Predicted[row]));
        return [.. worst.Select(pair => new Pair(
            pair.Truth,
            pair.Predicted,
            pair.Count,
            run.PositivesByLabel[pair.Truth],
            [.. rows[(pair.Truth, pair.Predicted)].OrderByDescending(row => run.Scores.LogMargin[row]).Take(samples).Select(row => run.Scores.SampleIndex[row])]))];
    }

    private sealed record Pair(int Truth, int Predicted, int Count, int Support, IReadOnlyList<int> Samples);
}

/// <summary>A run's worst confusions.</summary>
public sealed record RunConfusions(string RunId, IReadOnlyList<LabelConfusion> Pairs);

/// <summary>A label taken for another. <paramref name="Share"/> is that of the true label's judged samples, in (0, 1].</summary>
public sealed record LabelConfusion(string Label, string Predicted, int Count, double Share, IReadOnlyList<ConfusedSample> Samples);

public sealed record ConfusedSample(int Index, string Text);
