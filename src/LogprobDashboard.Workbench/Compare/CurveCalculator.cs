using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Summaries;

namespace LogprobDashboard.Workbench.Compare;

/// <summary>The points of one curve of a judged run.</summary>
internal static class CurveCalculator
{
    private const int HistogramBins = 40;

    public static CurveRecord Compute(JudgedRun run, CurveKind kind, int positive, int? points) => kind switch
    {
        CurveKind.Pr => Of(PrecisionRecall(run.Ranked(positive), points)),
        CurveKind.Roc => Of(Roc(run.Ranked(positive), points)),
        CurveKind.Calibration => Of(Calibration(run, positive)),
        CurveKind.RiskCoverage => Of(RiskCoverage(run, points)),
        CurveKind.EntropyHistogram => Of(Bins(run, run.Scores.Entropy, 0, Math.Log(run.Scores.Labels.Count))),
        _ => Of(Bins(run, run.Scores.LogMargin, 0, null)),
    }
    with
    {
        Kind = kind,
        PositiveLabel = kind is CurveKind.Pr or CurveKind.Roc || (kind == CurveKind.Calibration && run.Scores.Labels.Count == 2) ? run.Scores.Labels[positive] : null,
    };

    private static CurveRecord Of(IEnumerable<CurveRecordPoint> points) => new(CurveKind.Pr, null, [.. points]);

    private static IEnumerable<CurveRecordPoint> PrecisionRecall(RankedScores ranked, int? points) =>
        (points is { } most ? ThinnedCurve.Of(ranked, most, null).Points : ranked.PrecisionRecallCurve())
            .Select(point => new CurveRecordPoint { Threshold = point.Threshold, Precision = point.Precision, Recall = point.Recall });

    private static IEnumerable<CurveRecordPoint> Roc(RankedScores ranked, int? points)
    {
        var curve = ranked.RocCurve();
        var kept = points is { } most ? CurveThinning.Thin(curve, most) : Enumerable.Range(0, curve.Count);
        return kept.Select(index => new CurveRecordPoint { Threshold = curve[index].Threshold, FalsePositiveRate = curve[index].FalsePositiveRate, TruePositiveRate = curve[index].TruePositiveRate });
    }

    private static IEnumerable<CurveRecordPoint> Calibration(JudgedRun run, int positive)
    {
        var (probabilities, outcomes) = MetricsCalculator.ReliabilityCases(run, positive);
        return ReliabilityDiagram.EqualMass(probabilities, outcomes).Bins
            .Select(bin => new CurveRecordPoint { MeanProbability = bin.MeanProbability, ObservedRate = bin.ObservedRate, Count = bin.Count, From = bin.LowestProbability, To = bin.HighestProbability });
    }

    private static IEnumerable<CurveRecordPoint> RiskCoverage(JudgedRun run, int? points)
    {
        double[] certainty = [.. run.Rows.Select(row => -run.Scores.Entropy[row])];
        bool[] isError = [.. run.Rows.Select(row => run.Scores.Predicted[row] != run.Scores.TrueLabel[row])];
        var curve = RiskCoverageCurve.Create(certainty, isError, run.Unscorable).Points;
        var kept = points is { } most
            ? CurveThinning.Thin([.. curve.Select(point => point.Coverage)], [.. curve.Select(point => point.Risk)], CurveShape.Line, most).Kept
            : Enumerable.Range(0, curve.Count);
        return kept.Select(index => new CurveRecordPoint { Coverage = curve[index].Coverage, Risk = curve[index].Risk, Threshold = -curve[index].Certainty });
    }

    private static IEnumerable<CurveRecordPoint> Bins(JudgedRun run, double[] column, double low, double? high)
    {
        IReadOnlyList<double> values = [.. run.ScoredRows.Select(row => Math.Min(column[row], high ?? double.MaxValue))];
        if (Histogram.Create([values], HistogramBins, low, high) is not { } histogram || values.Count == 0)
            return [];
        return histogram.Counts[0].Select((count, bin) => new CurveRecordPoint { From = histogram.Edges[bin], To = histogram.Edges[bin + 1], Count = count });
    }
}
