using LogprobDashboard.Analysis.Confusion;
using LogprobDashboard.Analysis.OperatingPoints;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>Makes the compare page's record of one run.</summary>
internal static class ComparedRuns
{
    public static ComparedRun Of(RunRecord run, JudgedRun judged, string positiveLabel, PointChoice choice, int maxPoints)
    {
        var positive = judged.LabelIndex(positiveLabel, positiveLabel);
        var ranked = judged.Ranked(positive);
        var argmax = judged.Rows.Count > 0 ? judged.Confusion().ArgmaxPoint(positive) : null;
        var (chosen, validated) = choice.Choose(judged, positive);
        var range = judged.AveragePrecisionRange(positive);
        return new ComparedRun(
            run.Id,
            run.Name,
            run.VariantName ?? run.Name,
            run.VariantVersion,
            run.Model,
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString()),
            judged.Rows.Count,
            judged.Unscorable,
            judged.Failed,
            judged.Censored,
            judged.PositivesByLabel[positive],
            judged.LeftOut,
            ranked.AveragePrecision,
            range?.Low,
            range?.High,
            ranked.RocAuc,
            judged.Scores.Labels.Count > 2 ? judged.AllLabels().MacroAveragePrecision : null,
            judged.MeanCoverage,
            argmax is null ? null : Figures(argmax),
            chosen is null ? null : Figures(chosen),
            chosen is null ? MetricsCalculator.WhyNoPoint(ranked) : null,
            [.. judged.Curve(positive, maxPoints, argmax?.Threshold).With(chosen?.Threshold).Select(point => new CurvePoint(point.Threshold, point.Precision, point.Recall))],
            SampleSelection(run),
            judged.Rows.Count + judged.Unscorable > 0 ? new RunConfusion(judged.Confusion().Counts, judged.Confusion().Unscorable, judged.Confusion().Accuracy) : null,
            judged.Scores.Labels.Count > 2 ? AllLabels(judged) : null,
            judged.CalibrationError(positive),
            run.EndpointHost)
        {
            Validated = validated,
            Abstained = judged.Abstained,
            HasOwnThreshold = choice.IsOwn,
        };
    }

    public static IReadOnlyList<LabelMetrics> PerLabel(JudgedRun judged)
    {
        var confusion = judged.Confusion();
        return [.. judged.Scores.Labels.Select((label, index) => Of(label, confusion.Labels[index], judged.Ranked(index)))];

        static LabelMetrics Of(string label, LabelFigures figures, RankedScores ranked) =>
            new(label, figures.Support, figures.Precision, figures.Recall, figures.F1, ranked.AveragePrecision, ranked.RocAuc);
    }

    private static AllLabelsFigures AllLabels(JudgedRun judged)
    {
        var summary = judged.AllLabels();
        var (macro, weighted, micro) = (ConfusionAverages.Macro(judged.Confusion()), ConfusionAverages.Weighted(judged.Confusion()), ConfusionAverages.Micro(judged.Confusion()));
        return new AllLabelsFigures(
            new LabelAverages(summary.MacroAveragePrecision, macro.Precision, macro.Recall, macro.F1),
            new LabelAverages(summary.WeightedAveragePrecision, weighted.Precision, weighted.Recall, weighted.F1),
            [.. summary.LeftOut.Select(label => judged.Scores.Labels[label])],
            PerLabel(judged))
        {
            Micro = new LabelAverages(judged.MicroAveragePrecision(), micro.Precision, micro.Recall, micro.F1),
        };
    }

    private static string? SampleSelection(RunRecord run)
    {
        var sources = run.Sources.Count > 0 ? "source " + string.Join(", ", run.Sources) : null;
        var limit = run.Limit is { } most ? FormattableString.Invariant($"{most:N0} drawn with seed {run.SampleSeed}") : null;
        return sources is null ? limit : limit is null ? sources : $"{sources}; {limit}";
    }

    public static PointFigures Figures(OperatingPoint point) => new(
        point.Threshold,
        point.Probability,
        point.TruePositives,
        point.FalsePositives,
        point.TrueNegatives,
        point.FalseNegatives,
        point.UnscorablePositives + point.UnscorableNegatives,
        point.Precision,
        point.Recall,
        point.F1,
        point.Accuracy,
        point.UnscorablePositives);
}
