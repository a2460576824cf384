using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Endpoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Outliers;

/// <summary>One sample, in every run of an experiment.</summary>
public sealed class SampleQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly RunsQueries _runs;
    private readonly ResultsQueries _results;

    internal SampleQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, DatasetsQueries datasets, RunsQueries runs, ResultsQueries results) =>
        (_contexts, _experiments, _datasets, _runs, _results) = (contexts, experiments, datasets, runs, results);

    /// <exception cref="UserErrorException">There is no such experiment, or no such sample in its dataset.</exception>
    public async Task<SampleView> ViewAsync(string experimentId, int index, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        if (await _datasets.SamplesAsync(experiment.DatasetId, [index], cancellationToken).ConfigureAwait(false) is not [var sample])
            throw NoSuchSample(dataset, index);
        var all = await _runs.LoadAsync(runs => runs.Where(run => run.ExperimentId == experiment.Id).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false);
        var stored = await StoredAsync(experiment.Id, index, cancellationToken).ConfigureAwait(false);
        var labels = experiment.Labels.Select(label => label.Name).ToList();
        var runs = new List<SampleRun>();
        foreach (var run in all.Where(run => stored.ContainsKey(run.Id)))
        {
            if (await _results.OfAsync(run.Id, [index], cancellationToken).ConfigureAwait(false) is [var result])
                runs.Add(ToRun(run, result, stored[run.Id], labels, Render(stored[run.Id].Version, experiment, dataset, sample)));
        }

        return new SampleView(
            experimentId,
            sample,
            dataset.RowCount,
            labels,
            experiment.PositiveLabel,
            runs,
            [.. all.Where(run => !stored.ContainsKey(run.Id)).Select(run => run.Name)],
            OutlierReasons.Of(sample, [.. runs.Select(run => (run.RunId, (ResultRecord?)run.Result))]));
    }

    private static UserErrorException NoSuchSample(DatasetRecord dataset, int index) => new(
        UserErrorKind.NotFound,
        FormattableString.Invariant($"There is no sample {index}."),
        FormattableString.Invariant($"The dataset \"{dataset.Name}\" has the samples 0 to {dataset.RowCount - 1}."));

    private static SampleRun ToRun(RunRecord run, ResultRecord result, Stored stored, List<string> labels, IReadOnlyList<PromptMessage>? messages)
    {
        var judged = result.Label is { } label && labels.Contains(label);
        return new SampleRun(
            run.Id,
            run.Name,
            run.VariantName ?? run.Name,
            run.VariantVersion,
            run.Model,
            result,
            CensoredLabels(stored.Masses, labels),
            judged && result.Status == ResultStatus.Scored ? LogLoss.OfTrueLabel(result.Probabilities[result.Label!]) : null,
            judged && result.Status != ResultStatus.Failed ? result.Predicted == result.Label : null,
            messages);
    }

    private static IReadOnlyList<string> CensoredLabels(byte[]? stored, List<string> labels)
    {
        if (stored is null)
            return [];
        var (masses, censored) = (new double[labels.Count], new bool[labels.Count]);
        MassColumn.Read(stored, masses, censored);
        return [.. labels.Where((_, label) => censored[label])];
    }

    /// <summary>What the version that ran makes of the sample; null for a run that was recorded elsewhere, and where the dataset's columns no longer fit.</summary>
    private static IReadOnlyList<PromptMessage>? Render(VariantVersion? version, Experiment experiment, DatasetRecord dataset, SampleRecord sample)
    {
        if (version is null)
            return null;
        try
        {
            return PromptPair.Parse(version.System, version.User, VariantsService.ScopeOf(experiment, dataset), dataset).Render(sample);
        }
        catch (Exception exception) when (exception is PromptRenderingException or UserErrorException)
        {
            return null;
        }
    }

    private async Task<Dictionary<string, Stored>> StoredAsync(long experimentId, int index, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await (
            from run in db.Set<Run>().AsNoTracking()
            join result in db.Set<RunResult>().AsNoTracking() on run.Id equals result.RunId
            join version in db.Set<VariantVersion>().AsNoTracking() on run.VariantVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            where run.ExperimentId == experimentId && result.SampleIndex == index
            select new { run.Id, result.Masses, Version = version }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => Ids.Format(row.Id), row => new Stored(row.Masses, row.Version));
    }

    private sealed record Stored(byte[]? Masses, VariantVersion? Version);
}
