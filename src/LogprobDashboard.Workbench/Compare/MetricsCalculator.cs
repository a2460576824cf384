using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Puts the figures of one judged run together; every number comes from Analysis.</summary>
internal static class MetricsCalculator
{
    public static RunMetrics Compute(string runId, JudgedRun run, int positive, MetricsRequest request, ulong[] texts, CancellationToken cancellationToken)
    {
        var ranked = run.Ranked(positive);
        var confusion = run.Confusion();
        var (rule, chosen, problem) = Choose(ranked, request);
        var allLabels = run.AllLabels();
        var range = run.AveragePrecisionRange(positive);
        var calibration = Calibration(run, positive);
        var intervals = IntervalCalculator.Compute(run, texts, positive, request.Resampling ?? new ResamplingRequest(), cancellationToken);
        if (intervals is not null)
            intervals = IntervalCalculator.WithPoint(intervals, run, texts, positive, chosen, cancellationToken);
        return new RunMetrics(
            runId,
            run.Scores.Labels[positive],
            run.Scores.Labels,
            request.Source,
            run.Rows.Count,
            run.Unscorable,
            run.Failed,
            run.LeftOut,
            run.Censored,
            run.PositivesByLabel[positive],
            new Estimate(ranked.AveragePrecision, intervals?.AveragePrecision?.Low, intervals?.AveragePrecision?.High),
            range is { } found ? new ValueRange(found.Low, found.High) : null,
            new Estimate(ranked.RocAuc, intervals?.RocAuc?.Low, intervals?.RocAuc?.High),
            ranked.Thresholds.Count,
            confusion.Accuracy,
            confusion.MacroF1,
            allLabels.MacroAveragePrecision,
            allLabels.WeightedAveragePrecision,
            run.MicroAveragePrecision(),
            [.. allLabels.LeftOut.Select(label => run.Scores.Labels[label])],
            calibration.LogLoss,
            calibration.Brier,
            calibration.Ece,
            Summary(run, run.Scores.Entropy),
            Summary(run, run.Scores.LogMargin),
            Summary(run, run.Scores.TokenEntropy),
            Summary(run, run.Scores.TokenMargin),
            Summary(run, run.Scores.Coverage),
            ToFigures(confusion.ArgmaxPoint(positive)),
            rule,
            chosen is null ? null : ToFigures(chosen),
            problem,
            confusion.Counts,
            confusion.Unscorable,
            ComparedRuns.PerLabel(run),
            intervals);
    }

    /// <summary>The operating point that was asked for: a threshold, else a rule, else the highest F1.</summary>
    public static (string? Rule, OperatingPoint? Point, string? Problem) Choose(RankedScores ranked, MetricsRequest request)
    {
        if (request.Threshold is { } threshold)
            return (null, OperatingPoint.At(ranked, threshold), null);

        var text = string.IsNullOrWhiteSpace(request.Rule) ? "maxF1" : request.Rule;
        if (!ThresholdRule.TryParse(text, out var rule, out var problem))
            throw UserErrorException.Field("rule", $"\"{text}\" is not a rule.", problem!, UserErrorKind.Malformed);
        var point = rule!.Choose(ranked);
        return (rule.ToString(), point, point is null ? WhyNoPoint(ranked) : null);
    }

    public static OperatingPointFigures ToFigures(OperatingPoint point) => new(
        point.Threshold,
        point.Probability,
        point.TruePositives,
        point.FalsePositives,
        point.TrueNegatives,
        point.FalseNegatives,
        point.UnscorablePositives,
        point.UnscorableNegatives,
        point.Precision,
        point.Recall,
        point.F1,
        point.Specificity,
        point.Accuracy,
        point.BalancedAccuracy,
        point.MatthewsCorrelation,
        point.SharePredictedPositive);

    public static string WhyNoPoint(RankedScores ranked) =>
        ranked.IsDefined ? "No threshold satisfies the rule." : ranked.Positives == 0 ? "No judged sample carries the positive label." : "Every judged sample carries the positive label.";

    /// <summary>Two labels: of the positive label's probability. More: log loss of the true label, Brier summed over labels, top-label ECE.</summary>
    private static (double? LogLoss, double? Brier, double? Ece) Calibration(JudgedRun run, int positive)
    {
        var labels = run.Scores.Labels.Count;
        int[] truth = [.. run.Rows.Select(row => run.Scores.TrueLabel[row])];
        var (probabilities, outcomes) = ReliabilityCases(run, positive);
        var ece = ReliabilityDiagram.EqualMass(probabilities, outcomes).ExpectedCalibrationError;
        if (labels == 2)
            return (LogLoss.Binary(probabilities, outcomes), BrierScore.Binary(probabilities, outcomes), ece);
        var all = new double[run.Rows.Count * labels];
        for (var i = 0; i < run.Rows.Count; i++)
        {
            for (var label = 0; label < labels; label++)
                all[(i * labels) + label] = run.Scores.Probability(run.Rows[i], label);
        }

        return (LogLoss.Mean([.. run.Rows.Select((row, i) => all[(i * labels) + truth[i]])]), BrierScore.SumOverLabels(all, labels, truth), ece);
    }

    /// <summary>What calibration is judged by: the positive label's probability with two labels, the predicted label's with more.</summary>
    public static (double[] Probabilities, bool[] Outcomes) ReliabilityCases(JudgedRun run, int positive)
    {
        var binary = run.Scores.Labels.Count == 2;
        var (probabilities, outcomes) = (new double[run.Rows.Count], new bool[run.Rows.Count]);
        for (var i = 0; i < run.Rows.Count; i++)
        {
            var row = run.Rows[i];
            var label = binary ? positive : run.Scores.Predicted[row];
            probabilities[i] = run.Scores.Probability(row, label);
            outcomes[i] = run.Scores.TrueLabel[row] == label;
        }

        return (probabilities, outcomes);
    }

    /// <summary>Over all scored samples, labelled or not; a token margin that is not defined for a sample is left out.</summary>
    private static SummaryFigures Summary(JudgedRun run, double[] column)
    {
        var summary = DistributionSummary.Create([.. run.ScoredRows.Select(row => column[row]).Where(double.IsFinite)]);
        return new SummaryFigures(summary.Mean, summary.Median, summary.P90, summary.P99, summary.Min, summary.Max);
    }
}
