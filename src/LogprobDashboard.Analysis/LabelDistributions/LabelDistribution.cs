namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>One answer read as masses over the labels (definitions, part 1). Made by <see cref="LabelReader.Read"/>. Immutable.</summary>
public sealed record LabelDistribution
{
    private readonly double[] _masses;
    private readonly bool[] _censored;

    /// <param name="masses">One a label, or empty where the answer is unscorable.</param>
    /// <param name="censored">As many as <paramref name="masses"/>.</param>
    internal LabelDistribution(double[] masses, bool[] censored)
    {
        (_masses, _censored) = (masses, censored);
        IsCensored = censored.AsSpan().Contains(true);
        if (masses.Length == 0)
            return;
        Predicted = LabelMasses.Predict(masses, censored);
        Entropy = LabelMasses.Entropy(masses);
        NormalizedEntropy = LabelMasses.NormalizedEntropy(masses);
        LogMargin = LabelMasses.LogMargin(masses);
    }

    /// <summary>False where no label was matched at all or no usable log probability came: <see cref="Masses"/> is then empty and what follows from them
    /// null.</summary>
    public bool IsScorable => Reason is null;

    /// <summary>Why the answer is unscorable; null where it is scorable.</summary>
    public UnscorableReason? Reason { get; internal init; }

    /// <summary>How many log probabilities of the positions that were read are not usable and were dropped; 0 or more. Null ones count where a token carries
    /// none.</summary>
    public int DroppedLogProbabilities { get; internal init; }

    /// <summary>The position that was read, from 0: the first whose chosen token is not empty once normalised; 0 where all are empty or there is
    /// none.</summary>
    public int AnswerPosition { get; internal init; }

    /// <summary>m(y) a label, in label order, each above 0; for a censored label the imputed value b. Empty where unscorable.</summary>
    public IReadOnlyList<double> Masses => _masses;

    /// <summary>Which labels nothing matched, in label order. Empty where unscorable.</summary>
    public IReadOnlyList<bool> Censored => _censored;

    /// <summary>True where a label is censored.</summary>
    public bool IsCensored { get; }

    /// <summary>u = max(0, 1 - sum of the probabilities of the top-k), and along a path of several tokens its share of what those positions do not show. In [0,
    /// 1]; 1 where nothing is usable.</summary>
    public double UnseenMass { get; internal init; }

    /// <summary>Sum of the probabilities of the top-k that match no label, ambiguous ones included. 0 or more.</summary>
    public double OffLabelMass { get; internal init; }

    /// <summary>min(1, sum of the masses that tokens matched), imputed values left out. In [0, 1]; higher means the model keeps to the labels; 0 where no label
    /// matched.</summary>
    public double Coverage { get; internal init; }

    /// <summary>The predicted label's index: argmax of the mass, on a tie uncensored first, then label order. Null where unscorable.</summary>
    public int? Predicted { get; }

    /// <summary>Predictive entropy over the labels in nats, in [0, ln K]. Null where unscorable.</summary>
    public double? Entropy { get; }

    /// <summary>Entropy / ln K, in [0, 1]. Null where unscorable.</summary>
    public double? NormalizedEntropy { get; }

    /// <summary>ln m(1st) - ln m(2nd), 0 or more. Null where unscorable.</summary>
    public double? LogMargin { get; }

    /// <summary>Entropy in nats over the answer position's top-k tokens, renormalised, labels ignored: in [0, ln k]. Null where no log probability is
    /// usable.</summary>
    public double? TokenEntropy { get; internal init; }

    /// <summary>ln p(1st) - ln p(2nd) over the answer position's top-k tokens, 0 or more. Null where fewer than two are usable.</summary>
    public double? TokenMargin { get; internal init; }

    /// <summary>The label that the generated text's first word reads as; null where it reads as none.</summary>
    public int? AnswerLabel { get; internal init; }

    /// <summary>True where <see cref="AnswerLabel"/> is another label than <see cref="Predicted"/>, or none. False where unscorable: there is nothing to differ
    /// from.</summary>
    public bool AnswerMismatch => Predicted is not null && AnswerLabel != Predicted;

    /// <summary>p(y), see <see cref="LabelMasses.Probability"/>.</summary>
    /// <exception cref="InvalidOperationException">The answer is unscorable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public double Probability(int label) => LabelMasses.Probability(Scored(), label);

    /// <summary>s(y), the label's log odds, see <see cref="LabelMasses.Score"/>.</summary>
    /// <inheritdoc cref="Probability" path="/exception"/>
    public double Score(int label) => LabelMasses.Score(Scored(), label);

    /// <summary>The interval of the label's score, see <see cref="LabelMasses.ScoreBounds"/>; its ends may be infinite.</summary>
    /// <inheritdoc cref="Probability" path="/exception"/>
    public (double Low, double High) ScoreBounds(int label) => LabelMasses.ScoreBounds(Scored(), _censored, UnseenMass, label);

    private double[] Scored() => IsScorable ? _masses : throw new InvalidOperationException("An unscorable answer has no label masses.");
}
