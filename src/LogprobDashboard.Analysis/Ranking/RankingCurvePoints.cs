namespace LogprobDashboard.Analysis.Ranking;

/// <summary>One point of a precision-recall curve.</summary>
/// <param name="Threshold">A sample counts as predicted positive where its score is at least this; null at the curve's start (recall 0, precision 1) and for
/// the block of unscorable samples, which no finite threshold reaches.</param>
/// <param name="Precision">TP / (TP + FP), in [0, 1]; 1 by convention at the start, where nothing is predicted positive.</param>
/// <param name="Recall">TP / P over all positives, unscorable ones included, in [0, 1].</param>
public readonly record struct PrecisionRecallPoint(double? Threshold, double Precision, double Recall);

/// <summary>One point of a ROC curve.</summary>
/// <param name="Threshold">A sample counts as predicted positive where its score is at least this; null at the curve's start (0, 0) and for the block of
/// unscorable samples.</param>
/// <param name="FalsePositiveRate">FP / N over all negatives, unscorable ones included, in [0, 1].</param>
/// <param name="TruePositiveRate">TP / P over all positives, unscorable ones included, in [0, 1].</param>
public readonly record struct RocPoint(double? Threshold, double FalsePositiveRate, double TruePositiveRate);
