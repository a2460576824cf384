using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Compare.Curves;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;

namespace LogprobDashboard.Workbench.Compare.Slices;

/// <summary>Where each run is weak: its figures on every slice of a column.</summary>
public sealed class SlicesQueries
{
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly SliceColumns _columns;
    private readonly JudgedRuns _judged;
    private readonly TextGroups _texts;

    internal SlicesQueries(ExperimentsQueries experiments, DatasetsQueries datasets, SliceColumns columns, JudgedRuns judged, TextGroups texts) =>
        (_experiments, _datasets, _columns, _judged, _texts) = (experiments, datasets, columns, judged, texts);

    /// <param name="view">The view; a slice that it is restricted to is one among the others here, what it abstains from stays left out.</param>
    /// <param name="column">One that the dataset can be made slices by; else its first one.</param>
    /// <param name="resampling">Of the intervals; none leaves them out.</param>
    /// <param name="cancellationToken">Stops between two resamples.</param>
    /// <returns>Null where the dataset has nothing to make slices by.</returns>
    public async Task<ComparedSlices?> OfAsync(CompareView view, string? column, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(resampling);
        var datasetId = (await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false)).DatasetId;
        var dataset = await _datasets.GetAsync(Ids.Format(datasetId), cancellationToken).ConfigureAwait(false);
        var columns = dataset.ColumnsToSliceBy();
        if (columns.Count == 0)
            return null;
        var values = (await _columns.FindAsync(datasetId, column is not null && columns.Contains(column) ? column : columns[0], cancellationToken).ConfigureAwait(false))!;
        var texts = await _texts.OfAsync(datasetId, cancellationToken).ConfigureAwait(false);
        var runs = new List<SlicedRun>();
        foreach (var run in view.Runs)
        {
            var all = await _judged.OfAsync(run.RunId, datasetId, new SampleScope(MostEntropy: view.Scope.MostEntropy), cancellationToken).ConfigureAwait(false);
            runs.Add(new SlicedRun(run, all, CurveMemory.Of(all, (nameof(SlicesQueries), values.Name), () => new RunSlices(Cut(all, values, view.Scope.MostEntropy)))));
        }

        var (whole, slices) = await Task.Run(
            () => (
                runs.Select(run => Measure(run, run.Whole)).ToList(),
                values.Values.Select((value, code) => new ComparedSlice(value, [.. runs.Select(run => Measure(run, run.Slices.ByCode[code]))])).ToList()),
            cancellationToken).ConfigureAwait(false);
        return new ComparedSlices(
            values.Name,
            dataset.SourceColumn,
            values.Binning,
            columns,
            whole,
            [.. slices.OrderBy(slice => slice.MeanAveragePrecision is null).ThenBy(slice => slice.MeanAveragePrecision).ThenByDescending(slice => slice.Runs.Max(run => run.Samples))],
            values.Codes.Count(code => code < 0),
            resampling.IsNone ? null : resampling);

        SliceOfRun Measure(SlicedRun run, JudgedRun part) => SlicesQueries.Measure(run, part, view.PositiveLabel, texts, resampling, cancellationToken);
    }

    /// <summary>The run on each slice, by its code.</summary>
    private static IReadOnlyList<JudgedRun> Cut(JudgedRun whole, SliceColumn column, double? mostEntropy)
    {
        var rows = new List<int>[column.Values.Count];
        for (var code = 0; code < rows.Length; code++)
            rows[code] = [];
        for (var row = 0; row < whole.Scores.Count; row++)
        {
            if (column.Codes[whole.Scores.SampleIndex[row]] is >= 0 and var code)
                rows[code].Add(row);
        }

        return [.. rows.Select(among => new JudgedRun(whole.Scores, among, mostEntropy))];
    }

    private static SliceOfRun Measure(SlicedRun run, JudgedRun slice, string positiveLabel, ulong[] texts, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        var positive = slice.LabelIndex(positiveLabel, positiveLabel);
        var ranked = slice.Ranked(positive);
        var interval = IntervalCalculator.Compute(slice, texts, positive, ranked.AveragePrecision is null ? ResamplingRequest.None : resampling, cancellationToken)?.AveragePrecision;
        var point = run.Shown.Chosen switch
        {
            null => null,
            { Threshold: { } threshold } => OperatingPoint.At(ranked, threshold),
            _ => OperatingPoint.FlagNone(ranked),
        };
        return new SliceOfRun(
            run.Shown.RunId,
            slice.JudgedRows.Count,
            slice.PositivesByLabel[positive],
            ranked.AveragePrecision,
            interval,
            ranked.RocAuc,
            slice.JudgedRows.Count > 0 ? slice.Confusion().Accuracy : null,
            point?.Precision,
            point?.Recall,
            point?.F1,
            IsBelow(interval, run.Whole.Ranked(positive).AveragePrecision));
    }

    private static bool IsBelow(ConfidenceInterval? interval, double? whole) => interval is not null && interval.High < whole;

    private sealed record SlicedRun(ComparedRun Shown, JudgedRun Whole, RunSlices Slices);

    private sealed record RunSlices(IReadOnlyList<JudgedRun> ByCode);
}
