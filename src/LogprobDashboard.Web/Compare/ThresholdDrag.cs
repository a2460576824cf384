namespace LogprobDashboard.Web.Compare;

/// <summary>A threshold (log odds) that a hand picks on the chart: on the curve of <paramref name="RunId"/>, or, where it is null, on the threshold's axis for every run that is not off. While it moves, <paramref name="Ended"/> is false.</summary>
public sealed record ThresholdDrag(string? RunId, double Threshold, bool Ended);
