using LogprobDashboard.Analysis.OperatingPoints;

namespace LogprobDashboard.Analysis.Confusion;

/// <summary>True labels against predicted ones, unscorable samples in a column of their own, where they count as wrong. Immutable.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[][] _counts;
    private readonly int[] _unscorable;

    private ConfusionMatrix(int[][] counts, int[] unscorable)
    {
        (_counts, _unscorable) = (counts, unscorable);
        Labels = [.. Enumerable.Range(0, counts.Length).Select(LabelFiguresOf)];
        Total = Labels.Sum(label => (long)label.Support);
        Correct = Enumerable.Range(0, counts.Length).Sum(label => (long)counts[label][label]);
    }

    /// <summary>How many samples, by true label (rows) and predicted label (columns), both in label order. (sklearn.metrics.confusion_matrix)</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts => _counts;

    /// <summary>How many unscorable samples, by true label.</summary>
    public IReadOnlyList<int> Unscorable => _unscorable;

    /// <summary>Precision, recall, F1 and support a label, in label order.</summary>
    public IReadOnlyList<LabelFigures> Labels { get; }

    /// <summary>All samples, unscorable ones included.</summary>
    public long Total { get; }

    /// <summary>Samples whose predicted label is the true one.</summary>
    public long Correct { get; }

    /// <summary>Correct / all, in [0, 1], unscorable samples wrong; null without a sample. (accuracy_score)</summary>
    public double? Accuracy => Total > 0 ? (double)Correct / Total : null;

    /// <summary>
    /// The mean of the labels' F1, in [0, 1], over those that occur as a true or a predicted label; a label that occurs but was never right has F1 0. Null
    /// where none occurs.
    /// (f1_score, average="macro", zero_division=0, "unscorable" given as a predicted label that is left out of <c>labels</c>)
    /// </summary>
    public double? MacroF1
    {
        get
        {
            var defined = Labels.Where(label => label.F1 is not null).ToList();
            return defined.Count > 0 ? defined.Average(label => label.F1) : null;
        }
    }

    /// <summary>Counts samples.</summary>
    /// <param name="labelCount">K, 2 or more.</param>
    /// <param name="trueLabels">Each sample's label, in [0, K).</param>
    /// <param name="predictedLabels">Each sample's predicted label, in [0, K), or -1 where it is unscorable.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a label is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelCount"/> is below 2.</exception>
    public static ConfusionMatrix Create(int labelCount, ReadOnlySpan<int> trueLabels, ReadOnlySpan<int> predictedLabels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        if (trueLabels.Length != predictedLabels.Length)
            throw new ArgumentException("There must be as many true as predicted labels.", nameof(predictedLabels));

        var counts = new int[labelCount][];
        for (var label = 0; label < labelCount; label++)
            counts[label] = new int[labelCount];
        var unscorable = new int[labelCount];
        for (var sample = 0; sample < trueLabels.Length; sample++)
        {
            var (truth, predicted) = (trueLabels[sample], predictedLabels[sample]);
            if ((uint)truth >= (uint)labelCount || predicted < -1 || predicted >= labelCount)
                throw new ArgumentException("A label is out of range.", nameof(trueLabels));
            if (predicted < 0)
                unscorable[truth]++;
            else
                counts[truth][predicted]++;
        }

        return new(counts, unscorable);
    }

    /// <summary>
    /// One label against the rest: the argmax point ("naive classification"). With two labels it is the curve's point at threshold 0, which is then its
    /// threshold (a sample at exactly even odds may
    /// differ: the predicted label follows the order of the labels); with more it is a mark that need not lie on the curve, and its threshold is null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public OperatingPoint ArgmaxPoint(int positive)
    {
        if ((uint)positive >= (uint)_counts.Length)
            throw new ArgumentOutOfRangeException(nameof(positive), positive, "There is no such label.");
        var figures = Labels[positive];
        var scoredNegatives = (int)(Total - figures.Support - (_unscorable.Sum() - _unscorable[positive]));
        return new(
            _counts.Length == 2 ? 0 : null,
            figures.TruePositives,
            figures.Predicted - figures.TruePositives,
            scoredNegatives - (figures.Predicted - figures.TruePositives),
            figures.Support - figures.TruePositives - _unscorable[positive],
            _unscorable[positive],
            _unscorable.Sum() - _unscorable[positive]);
    }

    private LabelFigures LabelFiguresOf(int label) => new(
        _counts[label][label],
        _counts.Sum(row => row[label]),
        _counts[label].Sum() + _unscorable[label]);
}
