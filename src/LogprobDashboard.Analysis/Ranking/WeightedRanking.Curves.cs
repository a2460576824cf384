namespace LogprobDashboard.Analysis.Ranking;

/// <summary>The curves of a resample at places that are the same in every resample, for pointwise bands. With every weight 1 they are the curves' own values.</summary>
public sealed partial class WeightedRanking
{
    /// <summary>A grid point that is a hair off a whole number of samples because of rounding means that number.</summary>
    private const double Hair = 1e-12;

    /// <summary>
    /// The precision-recall curve, drawn as steps: at recall r the precision of the first point that reaches it; at 0 that of the first positives. In [0, 1].
    /// </summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="recalls">Ascending, in [0, 1].</param>
    /// <param name="precisions">One a recall; to be filled.</param>
    /// <returns>False, and nothing is filled, where no positive, or no negative, has any weight.</returns>
    public bool PrecisionAt(ReadOnlySpan<int> weights, ReadOnlySpan<double> recalls, Span<double?> precisions)
    {
        var (allPositives, allNegatives) = Totals(weights);
        if (allPositives == 0 || allNegatives == 0)
            return false;
        long positives = 0, negatives = 0;
        var next = 0;
        foreach (var sample in _ranked)
        {
            Add(sample, weights, ref positives, ref negatives);
            if ((sample & EndsTieBit) == 0 || positives == 0)
                continue;
            for (; next < recalls.Length && positives >= recalls[next] * allPositives * (1 - Hair); next++)
                precisions[next] = (double)positives / (positives + negatives);
            if (next == recalls.Length)
                break;
        }

        return true;
    }

    /// <summary>The ROC curve, drawn with straight lines: at a false positive rate the highest true positive rate. In [0, 1].</summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="falsePositiveRates">Ascending, in [0, 1].</param>
    /// <param name="truePositiveRates">One a false positive rate; to be filled.</param>
    /// <returns>False, and nothing is filled, where no positive, or no negative, has any weight.</returns>
    public bool TruePositiveRateAt(ReadOnlySpan<int> weights, ReadOnlySpan<double> falsePositiveRates, Span<double?> truePositiveRates)
    {
        var (allPositives, allNegatives) = Totals(weights);
        if (allPositives == 0 || allNegatives == 0)
            return false;
        long positives = 0, negatives = 0, positivesBefore = 0, negativesBefore = 0;
        var next = 0;
        foreach (var sample in _ranked)
        {
            Add(sample, weights, ref positives, ref negatives);
            if ((sample & EndsTieBit) == 0)
                continue;
            for (; next < falsePositiveRates.Length && falsePositiveRates[next] * allNegatives * (1 + Hair) is var reached && negatives > reached; next++)
            {
                var share = Math.Max(0, reached - negativesBefore) / (negatives - negativesBefore);
                truePositiveRates[next] = Math.Min(1, (positivesBefore + (share * (positives - positivesBefore))) / allPositives);
            }

            (positivesBefore, negativesBefore) = (positives, negatives);
        }

        truePositiveRates[next..falsePositiveRates.Length].Fill(1);
        return true;
    }

    /// <summary>
    /// The risk-coverage curve, where the scores are certainties and the positives errors: the share of errors among the surest samples; within a tie errors
    /// come evenly. In [0, 1].
    /// </summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="coverages">Ascending, in (0, 1].</param>
    /// <param name="risks">One a coverage; to be filled.</param>
    /// <returns>False, and nothing is filled, where no sample has any weight.</returns>
    public bool RiskAt(ReadOnlySpan<int> weights, ReadOnlySpan<double> coverages, Span<double?> risks)
    {
        var (allErrors, allRight) = Totals(weights);
        var all = allErrors + allRight;
        if (all == 0)
            return false;
        long errors = 0, right = 0, errorsBefore = 0, answeredBefore = 0;
        var next = 0;
        foreach (var sample in _ranked)
        {
            Add(sample, weights, ref errors, ref right);
            if ((sample & EndsTieBit) == 0)
                continue;
            var answered = errors + right;
            for (; next < coverages.Length && coverages[next] * all * (1 - Hair) is var reached && answered >= reached; next++)
            {
                var share = answered == answeredBefore ? 0 : Math.Max(0, reached - answeredBefore) / (answered - answeredBefore);
                risks[next] = Math.Min(1, (errorsBefore + (share * (errors - errorsBefore))) / reached);
            }

            (errorsBefore, answeredBefore) = (errors, answered);
        }

        return true;
    }

    /// <summary>Precision, recall and F1 where the highest-ranked samples are flagged; null where 0 / 0.</summary>
    /// <param name="weights">By group, 0 or more.</param>
    /// <param name="flagged">How many samples of the highest scores are flagged, whole ties; ascending.</param>
    /// <param name="precisions">TP / (TP + FP), one a number flagged; to be filled.</param>
    /// <param name="recalls">TP / P; to be filled.</param>
    /// <param name="f1s">2 TP / (TP + FP + P); to be filled.</param>
    /// <returns>False, and nothing is filled, where no positive, or no negative, has any weight.</returns>
    public bool FiguresAt(ReadOnlySpan<int> weights, ReadOnlySpan<int> flagged, Span<double?> precisions, Span<double?> recalls, Span<double?> f1s)
    {
        var (allPositives, allNegatives) = Totals(weights);
        if (allPositives == 0 || allNegatives == 0)
            return false;
        long positives = 0, negatives = 0;
        var place = 0;
        for (var next = 0; next < flagged.Length; next++)
        {
            for (; place < flagged[next]; place++)
                Add(_ranked[place], weights, ref positives, ref negatives);
            precisions[next] = positives + negatives > 0 ? (double)positives / (positives + negatives) : null;
            recalls[next] = (double)positives / allPositives;
            f1s[next] = 2.0 * positives / (positives + negatives + allPositives);
        }

        return true;
    }

    private (long Positives, long Negatives) Totals(ReadOnlySpan<int> weights)
    {
        long positives = 0, negatives = 0;
        foreach (var sample in _ranked)
            Add(sample, weights, ref positives, ref negatives);
        return (positives, negatives);
    }

    private static void Add(int sample, ReadOnlySpan<int> weights, ref long positives, ref long negatives)
    {
        var weight = weights[sample >> GroupShift];
        if ((sample & PositiveBit) != 0)
            positives += weight;
        else
            negatives += weight;
    }
}
