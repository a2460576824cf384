using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The samples of a run that stand out, the strangest first.</summary>
public sealed class OutliersQueries
{
    private readonly RunsQueries _runs;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly ResultsQueries _results;
    private readonly RunScoresCache _scores;

    internal OutliersQueries(RunsQueries runs, ExperimentsQueries experiments, DatasetsQueries datasets, ResultsQueries results, RunScoresCache scores) =>
        (_runs, _experiments, _datasets, _results, _scores) = (runs, experiments, datasets, results, scores);

    public async Task<OutlierList> RankAsync(string runId, OutlierOrder by, int take, CancellationToken cancellationToken)
    {
        var run = await _runs.GetAsync(runId, cancellationToken).ConfigureAwait(false);
        var experiment = await _experiments.FindAsync(run.ExperimentId, cancellationToken).ConfigureAwait(false);
        var judged = JudgedRuns.Of(await _scores.GetAsync(Ids.Parse(runId, "run"), cancellationToken).ConfigureAwait(false));
        var rows = Rank(judged, by).Take(take).ToList();
        var indexes = rows.ConvertAll(row => judged.Scores.SampleIndex[row]);
        var samples = (await _datasets.SamplesAsync(experiment.DatasetId, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(sample => sample.Index);
        var results = (await _results.OfAsync(runId, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(result => result.Index);
        return new OutlierList(by, judged.ScoredRows.Count, [.. rows.Select((row, rank) =>
        {
            var (sample, result) = (samples[indexes[rank]], results[indexes[rank]]);
            return new OutlierRecord(rank + 1, sample.Index, sample.Id, sample.Text, sample.Label, sample.Source, Loss(judged.Scores, row), result, OutlierReasons.Of(sample, result));
        })]);
    }

    /// <summary>Rows by strangeness; equal ones in sample order. By coverage unscorable samples come first: theirs is 0. By loss only samples with a true label of the set can be ranked.</summary>
    private static IEnumerable<int> Rank(JudgedRun judged, OutlierOrder by)
    {
        var scores = judged.Scores;
        return by switch
        {
            OutlierOrder.Entropy => judged.ScoredRows.OrderByDescending(row => scores.Entropy[row]),
            OutlierOrder.Margin => judged.ScoredRows.OrderBy(row => scores.LogMargin[row]),
            OutlierOrder.Coverage => judged.AnsweredRows.OrderBy(row => scores.Status[row] == ResultStatus.Scored ? scores.Coverage[row] : 0),
            _ => judged.Rows.OrderByDescending(row => Loss(scores, row)),
        };
    }

    private static double? Loss(RunScores scores, int row) =>
        scores.TrueLabel[row] < 0 ? null : LogLoss.OfTrueLabel(scores.Probability(row, scores.TrueLabel[row]));
}
