namespace LogprobDashboard.Web.Compare;

/// <summary>How the runs' curves stand to each other.</summary>
public enum CompareLayout
{
    OverEachOther,

    /// <summary>One small chart a run, all on the same axes.</summary>
    Multiples,
}
