using LogprobDashboard.Workbench.Compare;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>
/// How well a run does by what is done of it: since samples are asked in a random order, that is a random part of the whole.
/// </summary>
/// <param name="AveragePrecision">The positive label's with two labels, the macro mean with more; null where it is not defined.</param>
/// <param name="PositiveLabel">The label whose precision-recall curve this is.</param>
/// <param name="IsMean">Whether <paramref name="AveragePrecision"/> is the mean over the labels.</param>
/// <param name="Points">A few, the curve's shape kept, ascending in recall.</param>
public sealed record RunCurve(double? AveragePrecision, string PositiveLabel, bool IsMean, IReadOnlyList<CurvePoint> Points);
