namespace LogprobDashboard.Web.Compare;

/// <summary>What is drawn of the runs.</summary>
public enum CompareChart
{
    PrecisionRecall,
    Roc,
    Reliability,
    RiskCoverage,

    /// <summary>The positive label's log odds, by true label.</summary>
    Scores,

    /// <summary>Precision, recall and F1 against the threshold.</summary>
    Thresholds,
}

/// <summary>How the runs' curves stand to each other.</summary>
public enum CompareLayout
{
    OverEachOther,

    /// <summary>One small chart a run, all on the same axes.</summary>
    Multiples,
}

/// <summary>What stands beneath the figures.</summary>
public enum CompareDetail
{
    /// <summary>Samples on another side of the threshold than at the argmax.</summary>
    Changes,

    /// <summary>Which labels are taken for which.</summary>
    Confusions,

    /// <summary>Every label's curves.</summary>
    Labels,

    /// <summary>Each run on every slice of a column.</summary>
    Slices,

    /// <summary>How far probabilities can be believed, before and after calibration; conformal sets; answering only where the model is sure.</summary>
    Calibration,
}

/// <summary>The part of a chart that is shown, in the units of its axes; both spans ascend.</summary>
public sealed record CompareZoom(double XMin, double XMax, double YMin, double YMax);
