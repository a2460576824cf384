using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Figures and curves of runs, alone and side by side.</summary>
public sealed class CompareQueries
{
    /// <summary>More than this many curves in one chart cannot be told apart.</summary>
    public const int MostRuns = 8;

    private readonly ExperimentsQueries _experiments;
    private readonly DatasetsQueries _datasets;
    private readonly RunsQueries _runs;
    private readonly JudgedRuns _judged;
    private readonly TextGroups _texts;

    internal CompareQueries(ExperimentsQueries experiments, DatasetsQueries datasets, RunsQueries runs, JudgedRuns judged, TextGroups texts) =>
        (_experiments, _datasets, _runs, _judged, _texts) = (experiments, datasets, runs, judged, texts);

    public async Task<RunMetrics> MetricsAsync(string runId, MetricsRequest request, CancellationToken cancellationToken)
    {
        var (judged, positive, datasetId) = await JudgeAsync(runId, request.Positive, ScopeOf(request), cancellationToken).ConfigureAwait(false);
        return MetricsCalculator.Compute(runId, judged, positive, request, await _texts.OfAsync(datasetId, cancellationToken).ConfigureAwait(false), cancellationToken);
    }

    public async Task<CurveRecord> CurveAsync(string runId, CurveKind kind, string? positive, int? points, string? source, CancellationToken cancellationToken)
    {
        if (points is < 2)
            throw UserErrorException.Field("points", $"A curve of {points} points cannot be drawn.", "Use at least 2, or leave it out for every point.", UserErrorKind.Malformed);
        var (judged, label, _) = await JudgeAsync(runId, positive, ScopeOf(source), cancellationToken).ConfigureAwait(false);
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
        var scope = await _judged.AllowedAsync(experiment.DatasetId, request.Scope, cancellationToken).ConfigureAwait(false);
        var compared = await Task.WhenAll(chosen.Select(run => Task.Run(
            async () =>
            {
                var judged = await _judged.OfAsync(run.Id, experiment.DatasetId, scope, cancellationToken).ConfigureAwait(false);
                return ComparedRuns.Of(run, judged, positive, PointChoice.Of(request, run.Id, rule), request.MaxPoints);
            },
            cancellationToken))).ConfigureAwait(false);
        return new CompareView(
            Ids.Format(experiment.Id),
            experiment.Name,
            dataset.Name,
            dataset.RowCount,
            labels,
            positive,
            dataset.Labels.FirstOrDefault(label => label.Label == positive)?.Count ?? 0,
            string.Join(", ", (chosen.Count > 0 ? chosen : all).Select(run => run.EndpointHost is null ? $"{run.Model}, recorded elsewhere" : $"{run.Model} at {run.EndpointHost}").Distinct()),
            request.Threshold is null ? rule.ToString() : null,
            [.. all.Select(run => ToChoice(run, chosen.Contains(run)))],
            compared)
        {
            Asked = request,
            Scope = scope,
            Sources = [.. dataset.Sources.Take(SliceColumn.MostValues).Select(source => source.Source)],
            Judging = request.Judging,
            Holdout = request.Holdout,
            Seed = request.Seed,
        };
    }

    /// <summary>The operating points of a view's runs at thresholds of one's own (log odds, by run), in the view's order; a run without one keeps its point. Cheap enough to follow a hand.</summary>
    public async Task<IReadOnlyList<PointFigures?>> PointsAsync(CompareView view, IReadOnlyDictionary<string, double> thresholds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(thresholds);
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var points = new List<PointFigures?>();
        foreach (var run in view.Runs)
        {
            var judged = await _judged.OfAsync(run.RunId, experiment.DatasetId, view.Scope, cancellationToken).ConfigureAwait(false);
            points.Add(thresholds.TryGetValue(run.RunId, out var threshold)
                ? ComparedRuns.Figures(OperatingPoint.At(judged.Ranked(judged.LabelIndex(view.PositiveLabel, view.PositiveLabel)), threshold))
                : run.Chosen);
        }

        return points;
    }

    /// <summary>How far the experiment's runs are, in the order of <see cref="CompareView.Choices"/>: cheap enough to be asked again and again.</summary>
    public async Task<IReadOnlyList<RunChoice>> ProgressAsync(string experimentId, IReadOnlyCollection<string> selected, CancellationToken cancellationToken)
    {
        var id = Ids.Parse(experimentId, "experiment");
        var runs = await _runs.LoadAsync(all => all.Where(run => run.ExperimentId == id).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false);
        return [.. runs.Select(run => ToChoice(run, selected.Contains(run.Id)))];
    }

    internal async Task<(JudgedRun Run, int Positive, long DatasetId)> JudgeAsync(string runId, string? positive, SampleScope scope, CancellationToken cancellationToken)
    {
        var run = await _runs.GetAsync(runId, cancellationToken).ConfigureAwait(false);
        var experiment = await _experiments.FindAsync(run.ExperimentId, cancellationToken).ConfigureAwait(false);
        var judged = await _judged.OfAsync(runId, experiment.DatasetId, scope, cancellationToken).ConfigureAwait(false);
        return (judged, judged.LabelIndex(string.IsNullOrEmpty(positive) ? null : positive, experiment.PositiveLabel), experiment.DatasetId);
    }

    internal static SampleScope ScopeOf(MetricsRequest request) => string.IsNullOrEmpty(request.Source)
        ? request.Scope
        : request.Scope.Value is null
            ? request.Scope with { Column = null, Value = request.Source }
            : throw UserErrorException.Field("source", "Both a source and a slice were given.", "Give one of them.", UserErrorKind.Malformed);

    private static SampleScope ScopeOf(string? source) => string.IsNullOrEmpty(source) ? SampleScope.All : new(Value: source);

    /// <summary>Those asked for, in that order; else of each variant the completed run over the most samples, the newest of equals: a trial on ten samples must not stand for a prompt.</summary>
    internal static List<RunRecord> Choose(IReadOnlyList<RunRecord> all, IReadOnlyList<string> wanted)
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

    private static RunChoice ToChoice(RunRecord run, bool selected) => new(run.Id, run.Name, LowerCamel(run.Status), selected, run.Completed + run.Failed, run.Total);

    /// <summary>A page's address may hold anything: nonsense falls back to the default rule.</summary>
    internal static ThresholdRule RuleOf(string? text) => ThresholdRule.TryParse(text, out var rule, out _) ? rule! : new MaxFBeta();

    private static string LowerCamel(RunStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
