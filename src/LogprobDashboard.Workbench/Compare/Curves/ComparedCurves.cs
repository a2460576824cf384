using LogprobDashboard.Analysis.Calibration;
using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Workbench.Compare.Curves;

/// <summary>What a compare page draws of its runs.</summary>
public enum ComparedCurve
{
    PrecisionRecall,
    Roc,
    Reliability,
    RiskCoverage,

    /// <summary>How the positive label's scores are distributed, by true label.</summary>
    Scores,

    /// <summary>Precision, recall and F1 against the threshold.</summary>
    Thresholds,
}

/// <summary>Which curves, with at most <paramref name="MaxPoints"/> points a run, thinned without moving the shape. With a <paramref name="Span"/> these points are spent on that part of the x axis alone.</summary>
public sealed record CurvesRequest(ComparedCurve Curve, CurveChoice? Choices = null, int MaxPoints = 400, CurveSpan? Span = null)
{
    public CurveChoice Choice => Choices ?? CurveChoice.Usual;
}

/// <summary>What some kinds leave to choose: a reliability diagram's bins, of equal mass unless of equal width; what a risk-coverage curve takes for certainty, low entropy unless a wide log margin.</summary>
public sealed record CurveChoice(bool EqualWidth = false, bool ByMargin = false)
{
    public static CurveChoice Usual { get; } = new();
}

/// <summary>A part of an x axis, both ends included.</summary>
public sealed record CurveSpan(double From, double To);

/// <summary>The curves of a view's runs, in the view's order; only those that were asked for are there.</summary>
public sealed record ComparedCurves
{
    public IReadOnlyList<RunPrecisionRecall>? PrecisionRecall { get; init; }

    public IReadOnlyList<RunRoc>? Roc { get; init; }

    public IReadOnlyList<RunReliability>? Reliability { get; init; }

    public IReadOnlyList<RunRiskCoverage>? RiskCoverage { get; init; }

    public ScoreDistributions? Scores { get; init; }

    public IReadOnlyList<RunThresholds>? Thresholds { get; init; }

    /// <summary>Null until they are worked out.</summary>
    public CurveBands? Bands { get; init; }
}

/// <summary>By ascending recall.</summary>
public sealed record RunPrecisionRecall(string RunId, IReadOnlyList<CurvePoint> Points);

/// <summary>By ascending rates. <paramref name="Argmax"/> need not lie on the curve where there are more than two labels; an empty curve has neither mark.</summary>
public sealed record RunRoc(string RunId, double? Area, IReadOnlyList<RocPoint> Points, RocPoint? Argmax, RocPoint? Chosen);

/// <summary>Of the positive label's probability with two labels, of the predicted label's with more (<paramref name="IsTopLabel"/>).</summary>
public sealed record RunReliability(string RunId, IReadOnlyList<CalibrationBin> Bins, double? ExpectedError, double? MaximumError, bool IsTopLabel);

/// <summary>The surest samples first: certainties are minus the predictive entropy, or the log margin. <paramref name="Area"/> is the AURC.</summary>
public sealed record RunRiskCoverage(string RunId, IReadOnlyList<RiskCoveragePoint> Points, double? Area);

/// <summary>All runs in the same bins of the positive label's log odds; <paramref name="Edges"/> are one more than bins. Without a scored sample there are none.</summary>
public sealed record ScoreDistributions(IReadOnlyList<double> Edges, IReadOnlyList<RunScoreCounts> Runs);

/// <summary>How many scored samples of the positive label, and of the others, are in each bin.</summary>
public sealed record RunScoreCounts(string RunId, IReadOnlyList<int> Positives, IReadOnlyList<int> Others);

/// <summary>By ascending threshold, each of them a score. <paramref name="Lowest"/> and <paramref name="Highest"/> are the ends of all scores, whatever part was asked for; 0 where there is none.</summary>
public sealed record RunThresholds(string RunId, IReadOnlyList<ThresholdFigures> Points, double Lowest = 0, double Highest = 0);

public sealed record ThresholdFigures(double Threshold, double? Precision, double? Recall, double? F1);

/// <summary>Pointwise 95 % bands by percentiles of the same seeded resamples as the intervals.</summary>
public sealed record CurveBands(ResamplingRequest Resampling, IReadOnlyList<RunBand> Runs);

/// <summary>One run's band. With thresholds there is one a <paramref name="Metric"/>, else it is null. Where fewer than two resamples define the value there is no point.</summary>
public sealed record RunBand(string RunId, ThresholdMetric? Metric, IReadOnlyList<BandPoint> Points);

public sealed record BandPoint(double X, double Low, double High);

public enum ThresholdMetric
{
    Precision,
    Recall,
    F1,
}
