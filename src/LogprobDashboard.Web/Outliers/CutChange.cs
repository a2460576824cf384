namespace LogprobDashboard.Web.Outliers;

/// <summary>A cut that was moved to. <paramref name="IsFirst"/>: the first of one drag, or of one run of key presses.</summary>
public sealed record CutChange(double Share, bool IsFirst);
