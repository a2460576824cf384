using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Figures and curves of runs, alone and side by side.</summary>
public sealed class CompareQueries
{
    /// <summary>More than this many curves in one chart cannot be told apart.</summary>
    public const int MostRuns = 8;

    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly RunsQueries _runs;
    private readonly RunScoresCache _scores;

    internal CompareQueries(IDbContextFactory<WorkbenchDb> contexts, ExperimentsQueries experiments, DatasetsQueries datasets, RunsQueries runs, RunScoresCache scores) =>
        (_contexts, _experiments, _datasets, _runs, _scores) = (contexts, experiments, datasets, runs, scores);

    public async Task<RunMetrics> MetricsAsync(string runId, MetricsRequest request, CancellationToken cancellationToken)
    {
        var (judged, positive) = await JudgeAsync(runId, request.Positive, request.Source, cancellationToken).ConfigureAwait(false);
        return MetricsCalculator.Compute(runId, judged, positive, request);
    }

    public async Task<CurveRecord> CurveAsync(string runId, CurveKind kind, string? positive, int? points, string? source, CancellationToken cancellationToken)
    {
        if (points is < 2)
            throw UserErrorException.Field("points", $"A curve of {points} points cannot be drawn.", "Use at least 2, or leave it out for every point.", UserErrorKind.Malformed);
        var (judged, label) = await JudgeAsync(runId, positive, source, cancellationToken).ConfigureAwait(false);
        return CurveCalculator.Compute(judged, kind, label, points);
    }

    /// <summary>Everything that the compare page shows.</summary>
    public async Task<CompareView> ViewAsync(string experimentId, CompareRequest request, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var dataset = await _datasets.GetAsync(Ids.Format(experiment.DatasetId), cancellationToken).ConfigureAwait(false);
        var all = await _runs.LoadAsync(runs => runs.Where(run => run.ExperimentId == experiment.Id).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false);
        var chosen = Choose(all, request.RunIds);
        var labels = experiment.Labels.Select(label => label.Name).ToList();
        var positive = request.Positive is { } given && labels.Contains(given) ? given : experiment.PositiveLabel;
        var rule = RuleOf(request.Rule);
        var compared = new List<ComparedRun>();
        foreach (var run in chosen)
        {
            var judged = JudgedRuns.Of(await _scores.GetAsync(Ids.Parse(run.Id, "run"), cancellationToken).ConfigureAwait(false));
            compared.Add(ComparedRuns.Of(run, judged, positive, rule, request.MaxPoints));
        }

        return new CompareView(
            Ids.Format(experiment.Id),
            experiment.Name,
            dataset.Name,
            dataset.RowCount,
            labels,
            positive,
            dataset.Labels.FirstOrDefault(label => label.Label == positive)?.Count ?? 0,
            string.Join(", ", (chosen.Count > 0 ? chosen : all).Select(run => run.EndpointHost is null ? $"{run.Model}, recorded elsewhere" : $"{run.Model} at {run.EndpointHost}").Distinct()),
            rule.ToString(),
            [.. all.Select(run => new RunChoice(run.Id, run.Name, LowerCamel(run.Status), chosen.Contains(run)))],
            compared);
    }

    /// <summary>Every experiment with its best figure and small curves, the newest first.</summary>
    public async Task<IReadOnlyList<ExperimentOverview>> OverviewAsync(CancellationToken cancellationToken)
    {
        List<Experiment> experiments;
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
            experiments = await db.Set<Experiment>().AsNoTracking().OrderByDescending(experiment => experiment.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var overviews = new List<ExperimentOverview>();
        foreach (var experiment in experiments)
            overviews.Add(await OverviewAsync(experiment, cancellationToken).ConfigureAwait(false));
        return overviews;
    }

    internal async Task<(JudgedRun Run, int Positive)> JudgeAsync(string runId, string? positive, string? source, CancellationToken cancellationToken)
    {
        var run = await _runs.GetAsync(runId, cancellationToken).ConfigureAwait(false);
        var experiment = await _experiments.FindAsync(run.ExperimentId, cancellationToken).ConfigureAwait(false);
        var scores = await _scores.GetAsync(Ids.Parse(runId, "run"), cancellationToken).ConfigureAwait(false);
        if (!string.IsNullOrEmpty(source) && !scores.Sources.Contains(source))
            throw UserErrorException.Field("source", $"The dataset has no source \"{source}\".", scores.Sources.Count == 0 ? "It has no source column." : $"It has {string.Join(", ", scores.Sources.Take(20))}.");
        var judged = string.IsNullOrEmpty(source) ? JudgedRuns.Of(scores) : new JudgedRun(scores, source);
        return (judged, judged.LabelIndex(string.IsNullOrEmpty(positive) ? null : positive, experiment.PositiveLabel));
    }

    private async Task<ExperimentOverview> OverviewAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        const int ThumbnailPoints = 60;
        var view = await ViewAsync(Ids.Format(experiment.Id), new CompareRequest([], MaxPoints: ThumbnailPoints), cancellationToken).ConfigureAwait(false);
        var best = view.Runs.Where(run => Figure(run) is not null).MaxBy(Figure);
        return new ExperimentOverview(
            view.ExperimentId,
            view.ExperimentName,
            view.DatasetName,
            view.SampleCount,
            view.Labels,
            view.PositiveLabel,
            best is null ? null : Figure(best),
            best?.Name,
            view.Choices.Count,
            view.Choices.Count(choice => choice.Status is "queued" or "running"),
            experiment.CreatedAt,
            [.. view.Runs.Select(run => new ThumbnailCurve(run.Name, run.Curve))]);

        double? Figure(ComparedRun run) => view.Labels.Count == 2 ? run.AveragePrecision : run.MacroAveragePrecision;
    }

    /// <summary>Those asked for, in that order; else of each variant the completed run over the most samples, the newest of equals: a trial on ten samples must not stand for a prompt.</summary>
    private static List<RunRecord> Choose(IReadOnlyList<RunRecord> all, IReadOnlyList<string> wanted)
    {
        var chosen = wanted.Select(id => all.FirstOrDefault(run => run.Id == id)).OfType<RunRecord>().Distinct().Take(MostRuns).ToList();
        if (chosen.Count > 0)
            return chosen;
        return [.. all
            .GroupBy(run => run.VariantId ?? $"imported {run.Id}")
            .Select(runs => runs.Where(run => run.Completed > 0).OrderByDescending(run => run.Status == RunStatus.Completed).ThenByDescending(run => run.Total).ThenByDescending(run => Ids.Parse(run.Id, "run")).FirstOrDefault())
            .OfType<RunRecord>()
            .OrderBy(run => run.VariantId is null).ThenBy(run => Ids.Parse(run.VariantId ?? run.Id, "variant"))
            .Take(MostRuns)];
    }

    /// <summary>A page's address may hold anything: nonsense falls back to the default rule.</summary>
    private static ThresholdRule RuleOf(string? text) => ThresholdRule.TryParse(text, out var rule, out _) ? rule! : new MaxFBeta();

    private static string LowerCamel(RunStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
