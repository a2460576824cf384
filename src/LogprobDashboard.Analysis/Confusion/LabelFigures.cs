namespace LogprobDashboard.Analysis.Confusion;

/// <summary>One label's figures in a confusion matrix.</summary>
/// <param name="TruePositives">Samples of the label that were predicted as it.</param>
/// <param name="Predicted">Samples predicted as the label.</param>
/// <param name="Support">Samples of the label, unscorable ones included.</param>
public sealed record LabelFigures(int TruePositives, int Predicted, int Support)
{
    /// <summary>TP / predicted, in [0, 1]; null where the label was never predicted. (precision_score)</summary>
    public double? Precision => Predicted > 0 ? (double)TruePositives / Predicted : null;

    /// <summary>TP / support, in [0, 1]; null where no sample has the label. (recall_score)</summary>
    public double? Recall => Support > 0 ? (double)TruePositives / Support : null;

    /// <summary>2 TP / (predicted + support), in [0, 1]; null where the label occurs neither as a true nor as a predicted one. (f1_score)</summary>
    public double? F1 => Predicted + (long)Support is var all and > 0 ? 2.0 * TruePositives / all : null;
}
