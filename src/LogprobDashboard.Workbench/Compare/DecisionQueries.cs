using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Resampling;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Experiments;
using LogprobDashboard.Workbench.Prompts;
using LogprobDashboard.Workbench.Runs;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Puts decisions together.</summary>
public sealed class DecisionQueries
{
    private readonly IDbContextFactory<WorkbenchDb> _contexts;
    private readonly CompareQueries _compare;

    internal DecisionQueries(IDbContextFactory<WorkbenchDb> contexts, CompareQueries compare) => (_contexts, _compare) = (contexts, compare);

    /// <param name="runId">The run.</param>
    /// <param name="request">The rule or the threshold, and on which samples.</param>
    /// <param name="heldOut">The share that is held out to judge a rule's threshold on, within 0 and 1; null: it is chosen and judged on all.</param>
    /// <param name="cancellationToken">Stops between two resamples.</param>
    /// <exception cref="UserErrorException">There is no such run, or the label or rule is none, or the rule finds no threshold.</exception>
    public async Task<Decision> OfAsync(string runId, MetricsRequest request, double? heldOut, CancellationToken cancellationToken)
    {
        var metrics = await _compare.MetricsAsync(runId, request, cancellationToken).ConfigureAwait(false);
        if (metrics.OperatingPoint is not { } point)
            throw UserErrorException.Field("rule", "The rule finds no threshold.", metrics.RuleProblem ?? "Choose another rule, or a threshold of your own.");
        var (judged, positive, _) = await _compare.JudgeAsync(runId, request.Positive, CompareQueries.ScopeOf(request), cancellationToken).ConfigureAwait(false);
        var (seed, scope) = (request.Resampling?.Seed ?? 0, CompareQueries.ScopeOf(request));
        var rule = metrics.Rule is { } text && ThresholdRule.TryParse(text, out var parsed, out _) ? parsed : null;
        var expected = new DecisionExpectation(
            new DecisionFigure(point.Precision, metrics.Intervals?.Precision),
            new DecisionFigure(point.Recall, metrics.Intervals?.Recall),
            new DecisionFigure(point.F1, metrics.Intervals?.F1),
            PointJudging.Same,
            metrics.Scored + metrics.Unscorable);
        if (heldOut is { } share && rule is not null)
            (point, expected) = HeldOut(judged, positive, new PointChoice(rule, null, false, PointJudging.Holdout, share, seed));
        var (run, experiment, dataset, prompt) = await LoadAsync(Ids.Parse(runId, "run"), cancellationToken).ConfigureAwait(false);
        return new Decision(
            experiment.Name,
            runId,
            run.Name,
            prompt,
            new DecisionModel(run.Settings.Model, prompt is null ? null : run.Settings.Host, run.Settings.TopLogprobs, run.Settings.AnswerTokens, run.Settings.EffectiveTemperature),
            [.. experiment.Labels.Select(label => new ExperimentLabel(label.Name, label.EffectiveWords))],
            metrics.PositiveLabel,
            metrics.Rule,
            point.Threshold,
            point.Probability,
            new DecisionScope(scope.Value is null ? null : scope.Column ?? dataset.SourceColumn, scope.Value, scope.MostEntropy),
            expected,
            rule is null ? null : CrossValidation.Of(judged, positive, rule, seed),
            new DecisionEvidence(dataset.Name, dataset.ContentHash, metrics.Scored + metrics.Unscorable, metrics.Positives, metrics.Unscorable, metrics.Failed, metrics.Intervals?.Resamples ?? 0, metrics.Intervals?.Seed ?? 0));
    }

    /// <summary>The threshold that one part chose, and what it comes to on the other.</summary>
    private static (OperatingPointFigures Point, DecisionExpectation Expected) HeldOut(JudgedRun run, int positive, PointChoice choice)
    {
        var (chosen, validated) = choice.Choose(run, positive);
        if (chosen is null || validated?.Point is not { } judged)
            throw UserErrorException.Field("holdout", "The threshold cannot be judged on a held-out part.", validated?.Problem ?? "The rule finds no threshold on the other part; choose another rule, or judge on all samples.");
        var expected = new DecisionExpectation(
            new DecisionFigure(judged.Precision, ConfidenceInterval.OfProportion(judged.TruePositives, (long)judged.TruePositives + judged.FalsePositives)),
            new DecisionFigure(judged.Recall, ConfidenceInterval.OfProportion(judged.TruePositives, (long)judged.TruePositives + judged.FalseNegatives + judged.UnscorablePositives)),
            new DecisionFigure(judged.F1, null),
            PointJudging.Holdout,
            validated.Samples);
        return (MetricsCalculator.ToFigures(chosen), expected);
    }

    private async Task<(Run Run, Experiment Experiment, Dataset Dataset, DecisionPrompt? Prompt)> LoadAsync(long runId, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var row = await (
            from run in db.Set<Run>()
            join experiment in db.Set<Experiment>() on run.ExperimentId equals experiment.Id
            join dataset in db.Set<Dataset>() on experiment.DatasetId equals dataset.Id
            join version in db.Set<VariantVersion>() on run.VariantVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            join variant in db.Set<Variant>() on run.VariantId equals variant.Id into variants
            from variant in variants.DefaultIfEmpty()
            where run.Id == runId
            select new { Run = run, Experiment = experiment, Dataset = dataset, Version = version, Variant = variant }).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? throw UserErrorException.NotFound("run", Ids.Format(runId));
        return (row.Run, row.Experiment, row.Dataset, row.Version is null || row.Variant is null ? null : new DecisionPrompt(row.Variant.Name, row.Version.Number, row.Version.System, row.Version.User));
    }
}
