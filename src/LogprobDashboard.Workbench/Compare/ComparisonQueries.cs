using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Runs held against a baseline: intervals, differences, what they say.</summary>
public sealed class ComparisonQueries
{
    /// <summary>A bootstrap that takes no longer than a page may: runs times samples times labels times resamples.</summary>
    private const double CheapDraws = 3e7;

    private readonly ExperimentsQueries _experiments;
    private readonly RunsQueries _runs;
    private readonly JudgedRuns _judged;
    private readonly TextGroups _texts;

    internal ComparisonQueries(ExperimentsQueries experiments, RunsQueries runs, JudgedRuns judged, TextGroups texts) =>
        (_experiments, _runs, _judged, _texts) = (experiments, runs, judged, texts);

    /// <exception cref="UserErrorException">A run or the baseline is none of the experiment's, or the label or rule is none.</exception>
    public async Task<RunComparison> CompareAsync(string experimentId, ComparisonRequest request, CancellationToken cancellationToken)
    {
        var experiment = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        var chosen = await ChooseAsync(experiment, request, cancellationToken).ConfigureAwait(false);
        var baseline = request.Baseline is { Length: > 0 } id ? chosen.FindIndex(run => run.Id == id) : -1;
        if (baseline < 0 && !string.IsNullOrEmpty(request.Baseline))
            throw UserErrorException.Field("baseline", $"The baseline {request.Baseline} is not among the runs.", $"Use one of {string.Join(", ", chosen.Select(run => run.Id))}.");
        var resampling = request.Resampling ?? new ResamplingRequest();
        var texts = await _texts.OfAsync(experiment.DatasetId, cancellationToken).ConfigureAwait(false);
        var judged = await JudgeAsync(chosen.Select(run => run.Id), experiment.DatasetId, request.Runs.Scope, cancellationToken).ConfigureAwait(false);
        var positive = LabelOf(experiment, request.Runs.Positive);
        var metrics = new List<RunMetrics>();
        var points = new List<(JudgedRun Run, OperatingPoint? Point)>();
        var rule = CompareQueries.RuleOf(request.Runs.Rule);
        foreach (var (run, record) in judged.Zip(chosen))
        {
            double? threshold = request.Runs.Thresholds.TryGetValue(record.Id, out var own) ? own : request.Runs.Threshold;
            var ofRun = new MetricsRequest(experiment.Labels[positive].Name, threshold, request.Runs.Rule, Resampling: resampling);
            metrics.Add(MetricsCalculator.Compute(record.Id, run, positive, ofRun, texts, cancellationToken));
            points.Add((run, MetricsCalculator.Choose(run.Ranked(positive), ofRun).Point));
        }

        var against = baseline < 0 ? [.. points.Select(_ => (AgainstBaseline?)null)] : DifferenceCalculator.Compute(points, baseline, texts, positive, resampling, cancellationToken);
        return new RunComparison(
            experiment.Labels[positive].Name,
            baseline < 0 ? null : chosen[baseline].Id,
            resampling.Resamples,
            resampling.Seed,
            [.. chosen.Select((run, place) => new ComparisonRun(run.Id, run.Name, metrics[place], against[place], PointChoice.Of(request.Runs, run.Id, rule).Choose(judged[place], positive).Validated))],
            baseline < 0 ? "No baseline was given, so nothing is compared." : string.Join(' ', ComparisonVerdict.Of(chosen[baseline].Name, [.. chosen.Select((run, place) => (run.Name, against[place]))])));
    }

    /// <summary>Whether what <see cref="UncertaintyAsync"/> works out is there before anybody would notice.</summary>
    public static bool IsCheap(CompareView view, ResamplingRequest resampling)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(resampling);
        return view.Runs.Sum(run => (double)(run.Scored + run.Unscorable)) * Math.Max(1, view.Labels.Count - 1) * resampling.Resamples <= CheapDraws;
    }

    /// <summary>Intervals and differences of a view's runs. The first run is the baseline where none, or one that is not shown, is asked for; a single run has none.</summary>
    public async Task<CompareUncertainty> UncertaintyAsync(CompareView view, string? baseline, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(resampling);
        var experiment = await _experiments.FindAsync(view.ExperimentId, cancellationToken).ConfigureAwait(false);
        var positive = LabelOf(experiment, view.PositiveLabel);
        var texts = await _texts.OfAsync(experiment.DatasetId, cancellationToken).ConfigureAwait(false);
        var judged = await JudgeAsync(view.Runs.Select(run => run.RunId), experiment.DatasetId, view.Scope, cancellationToken).ConfigureAwait(false);
        var place = view.Runs.Count < 2 ? -1 : Math.Max(0, view.Runs.ToList().FindIndex(run => run.RunId == baseline));
        return await Task.Run(() => Compute(view, judged, place, texts, positive, resampling, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static CompareUncertainty Compute(
        CompareView view, IReadOnlyList<JudgedRun> judged, int baseline, ulong[] texts, int positive, ResamplingRequest resampling, CancellationToken cancellationToken)
    {
        List<(JudgedRun Run, OperatingPoint? Point)> points = [.. judged.Zip(view.Runs, (run, shown) => (run, PointOf(run, shown, positive)))];
        List<RunIntervals?> intervals = [.. points.Select((run, place) => IntervalCalculator.Compute(run.Run, texts, positive, resampling, cancellationToken) switch
        {
            { } found when view.Runs[place].Validated is { } validated => validated.Point is { } judged ? IntervalCalculator.Shares(found, judged) : found,
            { } found => IntervalCalculator.WithPoint(found, run.Run, texts, positive, run.Point, cancellationToken),
            null => null,
        })];
        var against = baseline < 0 ? [.. points.Select(_ => (AgainstBaseline?)null)] : DifferenceCalculator.Compute(points, baseline, texts, positive, resampling, cancellationToken);
        return new CompareUncertainty(
            baseline < 0 ? null : view.Runs[baseline].RunId,
            resampling,
            [.. view.Runs.Select((run, place) => new RunUncertainty(
                run.RunId,
                intervals[place],
                against[place],
                against[place] is { } difference ? ComparisonVerdict.Sentence(run.Name, view.Runs[baseline].Name, difference) : null,
                view.Rule is { } text && ThresholdRule.TryParse(text, out var rule, out _) ? CrossValidation.Of(judged[place], positive, rule!, resampling.Seed) : null))]);
    }

    private static OperatingPoint? PointOf(JudgedRun run, ComparedRun shown, int positive) => shown.Chosen switch
    {
        null => null,
        { Threshold: { } threshold } => OperatingPoint.At(run.Ranked(positive), threshold),
        _ => OperatingPoint.FlagNone(run.Ranked(positive)),
    };

    private async Task<List<RunRecord>> ChooseAsync(Experiment experiment, ComparisonRequest request, CancellationToken cancellationToken)
    {
        var all = await _runs.LoadAsync(runs => runs.Where(run => run.ExperimentId == experiment.Id).OrderBy(run => run.Id), cancellationToken).ConfigureAwait(false);
        if (request.Runs.RunIds.FirstOrDefault(id => all.All(run => run.Id != id)) is { } stranger)
            throw UserErrorException.NotFound("run of this experiment", stranger);
        if (request.Runs.RunIds.Distinct(StringComparer.Ordinal).Count() > CompareQueries.MostRuns)
            throw UserErrorException.Field("runs", $"{request.Runs.RunIds.Count} runs were given.", $"Give {CompareQueries.MostRuns} at most.", UserErrorKind.Malformed);
        return CompareQueries.Choose(all, request.Runs.RunIds);
    }

    private async Task<IReadOnlyList<JudgedRun>> JudgeAsync(IEnumerable<string> runIds, long datasetId, SampleScope scope, CancellationToken cancellationToken)
    {
        var judged = new List<JudgedRun>();
        foreach (var id in runIds)
            judged.Add(await _judged.OfAsync(id, datasetId, scope, cancellationToken).ConfigureAwait(false));
        return judged;
    }

    private static int LabelOf(Experiment experiment, string? positive)
    {
        var names = experiment.Labels.Select(label => label.Name).ToList();
        var index = names.IndexOf(string.IsNullOrEmpty(positive) ? experiment.PositiveLabel : positive);
        return index >= 0 ? index : throw UserErrorException.Field("positive", $"\"{positive}\" is not one of the labels.", $"Use one of {string.Join(", ", names)}.");
    }
}
