using System.Runtime.CompilerServices;
using System.Text.Json;
using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Workbench.Compare;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>The samples that stand out, in one run or in several side by side.</summary>
public sealed class OutliersQueries
{
    private const int ChunkSize = 500;

    private readonly RunsQueries _runs;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly ResultsQueries _results;
    private readonly RunScoresCache _scores;
    private readonly JudgedRuns _judged;
    private readonly OutlierListings _listings;

    internal OutliersQueries(RunsQueries runs, ExperimentsQueries experiments, DatasetsQueries datasets, ResultsQueries results, RunScoresCache scores, JudgedRuns judged, OutlierListings listings) =>
        (_runs, _experiments, _datasets, _results, _scores, _judged, _listings) = (runs, experiments, datasets, results, scores, judged, listings);

    /// <summary>What a reason can be called in a request.</summary>
    public static IReadOnlyList<string> ReasonCodes => OutlierReasons.Names;

    /// <exception cref="UserErrorException">There is no such run, or its dataset has no such slice.</exception>
    public async Task<OutlierList> RankAsync(string runId, OutlierOrder by, int take, SampleScope scope, CancellationToken cancellationToken)
    {
        var run = await _runs.GetAsync(runId, cancellationToken).ConfigureAwait(false);
        var experiment = await _experiments.FindAsync(run.ExperimentId, cancellationToken).ConfigureAwait(false);
        var judged = await _judged.OfAsync(runId, experiment.DatasetId, scope, cancellationToken).ConfigureAwait(false);
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

    /// <exception cref="UserErrorException">The experiment's dataset has no such column, or the column no such value; a view falls back to all.</exception>
    public async Task CheckAsync(string experimentId, SampleScope scope, CancellationToken cancellationToken) =>
        await _judged.CodeAsync((await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false)).DatasetId, scope, cancellationToken).ConfigureAwait(false);

    /// <summary>Everything above the list, and how long it is.</summary>
    public async Task<OutliersView> ViewAsync(string experimentId, OutliersRequest request, CancellationToken cancellationToken)
    {
        var runs = await ChooseAsync(experimentId, request, cancellationToken).ConfigureAwait(false);
        var listing = await _listings.GetAsync(runs, request, cancellationToken).ConfigureAwait(false);
        var place = request.Sample is { } sample ? Array.IndexOf(listing.Samples, sample) : -1;
        return new OutliersView(
            experimentId,
            request,
            runs.Labels,
            runs.PositiveLabel,
            [.. runs.Scores.SelectMany(scores => scores.Sources).Distinct()],
            [.. runs.All.Select(run => new RunChoice(run.Id, run.Name, LowerCamel(run.Status), runs.Runs.Contains(run)))],
            [.. runs.Runs.Zip(listing.Runs, ToRun)],
            listing.Edges,
            listing.Pool,
            listing.Counts,
            listing.Samples.Length,
            listing.Reasons,
            listing.ReasonsLookedAt,
            listing.BeforeReason,
            listing.LooserCut,
            place < 0 ? null : place)
        {
            Scope = runs.Scope,
        };
    }

    /// <summary>Rows of the list, read from the database by sample index.</summary>
    public async Task<OutlierRows> RowsAsync(string experimentId, OutliersRequest request, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var runs = await ChooseAsync(experimentId, request, cancellationToken).ConfigureAwait(false);
        var listing = await _listings.GetAsync(runs, request, cancellationToken).ConfigureAwait(false);
        return new OutlierRows(await ReadAsync(runs, listing, request, skip, take, cancellationToken).ConfigureAwait(false), listing.Samples.Length);
    }

    /// <summary>One sample as a row, whether it is in the list or not; rank 0 where it is not.</summary>
    public async Task<OutlierRow?> RowAsync(string experimentId, OutliersRequest request, int index, CancellationToken cancellationToken)
    {
        var runs = await ChooseAsync(experimentId, request, cancellationToken).ConfigureAwait(false);
        var listing = await _listings.GetAsync(runs, request, cancellationToken).ConfigureAwait(false);
        return (await ReadAsync(runs, listing with { Samples = [index] }, request, 0, 1, cancellationToken).ConfigureAwait(false)).Select(row => row with { Rank = Array.IndexOf(listing.Samples, index) + 1 }).FirstOrDefault();
    }

    /// <summary>The whole list in its order, read in chunks. The order is that of the moment it began.</summary>
    public async IAsyncEnumerable<OutlierRow> AllRowsAsync(string experimentId, OutliersRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var runs = await ChooseAsync(experimentId, request, cancellationToken).ConfigureAwait(false);
        var listing = await _listings.GetAsync(runs, request, cancellationToken).ConfigureAwait(false);
        for (var skip = 0; skip < listing.Samples.Length; skip += ChunkSize)
        {
            foreach (var row in await ReadAsync(runs, listing, request, skip, ChunkSize, cancellationToken).ConfigureAwait(false))
                yield return row;
        }
    }

    private async Task<ChosenRuns> ChooseAsync(string experimentId, OutliersRequest request, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var all = await _runs.LoadAsync(runs => runs.Where(run => run.ExperimentId == experiment.Id).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false);
        var chosen = CompareQueries.Choose(all, request.RunIds);
        var scores = new List<RunScores>();
        foreach (var run in chosen)
            scores.Add(await _scores.GetAsync(Ids.Parse(run.Id, "run"), cancellationToken).ConfigureAwait(false));
        var scope = await _judged.AllowedAsync(experiment.DatasetId, request.Scope, cancellationToken).ConfigureAwait(false);
        return new ChosenRuns(experiment.DatasetId, dataset.RowCount, [.. experiment.Labels.Select(label => label.Name)], experiment.PositiveLabel, all, chosen, scores, scope);
    }

    private async Task<List<OutlierRow>> ReadAsync(ChosenRuns runs, OutlierListing listing, OutliersRequest request, int skip, int take, CancellationToken cancellationToken)
    {
        var indexes = listing.Samples.Skip(skip).Take(take).ToList();
        var samples = (await _datasets.SamplesAsync(runs.DatasetId, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(sample => sample.Index);
        var results = new List<Dictionary<int, ResultRecord>>();
        foreach (var run in runs.Runs)
            results.Add((await _results.OfAsync(run.Id, indexes, cancellationToken).ConfigureAwait(false)).ToDictionary(result => result.Index));
        var rows = new List<OutlierRow>(indexes.Count);
        foreach (var (index, place) in indexes.Select((index, place) => (index, place)).Where(pair => samples.ContainsKey(pair.index)))
        {
            var sample = samples[index];
            var answers = runs.Runs.Select((run, at) => (RunId: run.Id, Result: results[at].GetValueOrDefault(index))).ToList();
            rows.Add(new OutlierRow(
                skip + place + 1,
                index,
                sample.Id,
                sample.Text,
                sample.Label,
                sample.Source,
                [.. answers.Select((answer, at) => ToRowRun(answer.RunId, answer.Result, runs, listing.Runs[at].Cut, request))],
                OutlierReasons.Of(sample, answers)));
        }

        return rows;
    }

    private static OutlierRowRun ToRowRun(string runId, ResultRecord? result, ChosenRuns runs, double? cut, OutliersRequest request)
    {
        var known = result?.Label is { } label && runs.Labels.Contains(label);
        double? loss = known && result!.Status == ResultStatus.Scored ? LogLoss.OfTrueLabel(result.Probabilities[result.Label!]) : null;
        var value = request.By switch
        {
            OutlierOrder.Entropy => result?.Entropy,
            OutlierOrder.Margin => result?.Margin,
            OutlierOrder.Coverage => result?.Status == ResultStatus.Unscorable ? 0 : result?.Coverage,
            _ => loss,
        };
        var beyond = cut is { } at && value is { } found && (request.LowIsStrange ? found < at : found > at);
        return new OutlierRowRun(runId, result, loss, beyond, known && result!.Status != ResultStatus.Failed ? result.Predicted == result.Label : null);
    }

    private static OutlierRun ToRun(RunRecord run, RunFigures figures) => new(
        run.Id,
        run.Name,
        run.VariantName ?? run.Name,
        run.VariantVersion,
        run.Model,
        LowerCamel(run.Status),
        figures.Answered,
        run.Unscorable,
        run.Failed,
        figures.Defined,
        figures.Cut,
        figures.Beyond,
        figures.Bins,
        figures.CellBins,
        figures.Knots,
        figures.WrongBeyond,
        figures.WrongWithin);

    private static string LowerCamel(RunStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

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
