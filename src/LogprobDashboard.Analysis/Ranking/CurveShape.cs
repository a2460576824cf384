namespace LogprobDashboard.Analysis.Ranking;

/// <summary>How a curve is drawn from one point to the next.</summary>
public enum CurveShape
{
    /// <summary>First up or down to the next point's y, then across to its x: a precision-recall curve.</summary>
    Step,

    /// <summary>A straight line: a ROC curve.</summary>
    Line,
}
