namespace LogprobDashboard.Analysis.Confusion;

/// <summary>
/// Precision, recall and F1 of the predicted labels, averaged over labels. A label that was never predicted has precision 0 here, and one without a sample
/// has recall 0, each where it occurs at all: leaving them out would reward never predicting a label.
/// </summary>
/// <param name="Precision">In [0, 1], higher is better; null where no label counts. (precision_score, zero_division=0)</param>
/// <param name="Recall">In [0, 1], higher is better; null where no label counts. (recall_score, zero_division=0)</param>
/// <param name="F1">In [0, 1], higher is better; null where no label counts. (f1_score, zero_division=0)</param>
public sealed record ConfusionAverages(double? Precision, double? Recall, double? F1)
{
    /// <summary>The plain mean over the labels that occur as a true or a predicted label; its F1 is <see cref="ConfusionMatrix.MacroF1"/>.
    /// (average="macro")</summary>
    public static ConfusionAverages Macro(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Mean(matrix, label => label.Predicted + (long)label.Support > 0 ? 1 : 0);
    }

    /// <summary>The mean weighted by support, so that its recall is the accuracy; labels without a sample count for nothing. (average="weighted")</summary>
    public static ConfusionAverages Weighted(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Mean(matrix, label => label.Support);
    }

    /// <summary>
    /// Over all samples at once: precision TP over all predictions, recall TP over all samples, F1 of the same counts. All three are the accuracy where every sample has a prediction; an
    /// unscorable one has none, and lowers recall alone. (average="micro", labels=all but the unscorable's)
    /// </summary>
    public static ConfusionAverages Micro(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (right, predicted, all) = (matrix.Correct, matrix.Labels.Sum(label => (long)label.Predicted), (long)matrix.Total);
        return new(predicted > 0 ? (double)right / predicted : null, all > 0 ? (double)right / all : null, all > 0 ? 2.0 * right / (predicted + all) : null);
    }

    private static ConfusionAverages Mean(ConfusionMatrix matrix, Func<LabelFigures, double> weight)
    {
        var whole = matrix.Labels.Sum(weight);
        return whole > 0 ? new(Over(label => label.Precision), Over(label => label.Recall), Over(label => label.F1)) : new(null, null, null);

        double Over(Func<LabelFigures, double?> figure) => matrix.Labels.Sum(label => weight(label) * (figure(label) ?? 0)) / whole;
    }
}
