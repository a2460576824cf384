namespace LogprobDashboard.Analysis.Ranking;

/// <summary>
/// Samples ranked by the score of one label (definitions, part 2): sorted once, ties collapsed, counts cumulated. Every curve and every figure of ranking
/// quality reads from here.
/// Unscorable samples stand as one last tied block below every score. A sample is predicted positive where its score is at least the threshold. Immutable.
/// </summary>
public sealed class RankedScores
{
    private readonly double[] _thresholds;
    private readonly int[] _truePositives;
    private readonly int[] _falsePositives;

    private RankedScores(double[] thresholds, int[] truePositives, int[] falsePositives, int unscorablePositives, int unscorableNegatives)
    {
        (_thresholds, _truePositives, _falsePositives) = (thresholds, truePositives, falsePositives);
        (UnscorablePositives, UnscorableNegatives) = (unscorablePositives, unscorableNegatives);
        ScoredPositives = thresholds.Length == 0 ? 0 : truePositives[^1];
        ScoredNegatives = thresholds.Length == 0 ? 0 : falsePositives[^1];
        AveragePrecision = IsDefined ? ComputeAveragePrecision() : null;
        RocAuc = IsDefined ? ComputeRocAuc() : null;
    }

    /// <summary>The distinct scores, descending. Minus zero and zero are one.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>TP at each threshold: positives with at least that score. Not descending.</summary>
    public IReadOnlyList<int> TruePositives => _truePositives;

    /// <summary>FP at each threshold: negatives with at least that score. Not descending.</summary>
    public IReadOnlyList<int> FalsePositives => _falsePositives;

    /// <summary>P: all positives, unscorable ones included.</summary>
    public int Positives => ScoredPositives + UnscorablePositives;

    /// <summary>N: all negatives, unscorable ones included.</summary>
    public int Negatives => ScoredNegatives + UnscorableNegatives;

    /// <summary>Positives with a score.</summary>
    public int ScoredPositives { get; }

    /// <summary>Negatives with a score.</summary>
    public int ScoredNegatives { get; }

    /// <summary>Positives without a score.</summary>
    public int UnscorablePositives { get; }

    /// <summary>Negatives without a score.</summary>
    public int UnscorableNegatives { get; }

    /// <summary>True where there is at least one positive and one negative; without, ranking quality is not defined.</summary>
    public bool IsDefined => Positives > 0 && Negatives > 0;

    /// <summary>
    /// Average precision: the sum over the curve's points of (R_n - R_(n-1)) P_n, no interpolation, the unscorable block included. In (0, 1], higher is better;
    /// about P / (P + N) at random,
    /// exactly that where all are tied. Null without a positive or without a negative. (sklearn.metrics.average_precision_score, the unscorable given one score
    /// below all others)
    /// </summary>
    public double? AveragePrecision { get; }

    /// <summary>
    /// Area under the ROC curve: the share of (positive, negative) pairs in which the positive scores higher, ties counting half; the unscorable block
    /// included. In [0, 1], higher is better, 0.5 at random.
    /// Null without a positive or without a negative. (sklearn.metrics.roc_auc_score; the Mann-Whitney U over P N)
    /// </summary>
    public double? RocAuc { get; }

    /// <summary>Ranks samples. About n operations; the input is not changed, and its order does not matter.</summary>
    /// <param name="scores">One finite score a scored sample, higher meaning more likely positive.</param>
    /// <param name="isPositive">Whether each sample is a positive, as many as scores.</param>
    /// <param name="unscorablePositives">Positives without a score.</param>
    /// <param name="unscorableNegatives">Negatives without a score.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a score is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of unscorable samples is negative.</exception>
    /// <exception cref="OverflowException">More than 2,147,483,647 samples in all.</exception>
    public static RankedScores Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, int unscorablePositives = 0, int unscorableNegatives = 0)
    {
        foreach (var score in scores)
            if (!double.IsFinite(score))
                throw new ArgumentException("A score must be finite.", nameof(scores));
        return CreateUnbounded(scores, isPositive, unscorablePositives, unscorableNegatives);
    }

    /// <summary>As <see cref="Create"/>, but scores may be infinite, as the ends of a censored sample's interval are.</summary>
    internal static RankedScores CreateUnbounded(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, int unscorablePositives, int unscorableNegatives)
    {
        if (scores.Length != isPositive.Length)
            throw new ArgumentException("There must be as many labels as scores.", nameof(isPositive));
        ArgumentOutOfRangeException.ThrowIfNegative(unscorablePositives);
        ArgumentOutOfRangeException.ThrowIfNegative(unscorableNegatives);
        _ = checked(scores.Length + unscorablePositives + unscorableNegatives);

        DescendingScores.Split(scores, isPositive, out var positives, out var negatives);
        var (thresholds, truePositives, falsePositives) = CumulatedCounts.Merge(positives, negatives);
        return new(thresholds, truePositives, falsePositives, unscorablePositives, unscorableNegatives);
    }

    /// <summary>
    /// The place in <see cref="Thresholds"/> of the lowest score that is at least <paramref name="threshold"/>: its counts are those of the threshold. -1 where
    /// no score reaches it. Infinities are allowed.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public int PlaceOf(double threshold)
    {
        if (double.IsNaN(threshold))
            throw new ArgumentException("A threshold must be a number.", nameof(threshold));
        var (reached, missed) = (-1, _thresholds.Length);
        while (missed - reached > 1)
        {
            var middle = reached + ((missed - reached) / 2);
            if (_thresholds[middle] >= threshold)
                reached = middle;
            else
                missed = middle;
        }

        return reached;
    }

    /// <summary>
    /// The precision-recall curve by ascending recall: first (recall 0, precision 1) with threshold null, then one point a distinct score, descending, and last
    /// the unscorable block, where there is one, with threshold null:
    /// (recall 1, precision P / (P + N)). Empty where not defined. The points of sklearn.metrics.precision_recall_curve in reverse; the i-th score's point has
    /// index i + 1.
    /// To be drawn as steps: from one point to the next the precision is the next one's.
    /// </summary>
    public IReadOnlyList<PrecisionRecallPoint> PrecisionRecallCurve()
    {
        if (!IsDefined)
            return [];
        var points = new PrecisionRecallPoint[CurveLength];
        points[0] = new(null, 1, 0);
        for (var place = 0; place < _thresholds.Length; place++)
            points[place + 1] = PrecisionRecallAt(place);
        if (HasUnscorable)
            points[^1] = new(null, Positives / (Positives + (double)Negatives), 1);
        return points;
    }

    /// <summary>The point of the curve that belongs to one of <see cref="Thresholds"/>.</summary>
    /// <param name="place">In [0, number of thresholds).</param>
    public PrecisionRecallPoint PrecisionRecallAt(int place) =>
        new(_thresholds[place], _truePositives[place] / (_truePositives[place] + (double)_falsePositives[place]), _truePositives[place] / (double)Positives);

    /// <summary>
    /// The ROC curve by ascending rates: first (0, 0) with threshold null, then one point a distinct score, descending, and last the unscorable block, where
    /// there is one, with threshold null: (1, 1).
    /// Empty where not defined. To be drawn with straight lines. (sklearn.metrics.roc_curve with drop_intermediate=False)
    /// </summary>
    public IReadOnlyList<RocPoint> RocCurve()
    {
        if (!IsDefined)
            return [];
        var points = new RocPoint[CurveLength];
        points[0] = new(null, 0, 0);
        for (var place = 0; place < _thresholds.Length; place++)
            points[place + 1] = RocAt(place);
        if (HasUnscorable)
            points[^1] = new(null, 1, 1);
        return points;
    }

    /// <summary>The point of the ROC curve that belongs to one of <see cref="Thresholds"/>.</summary>
    /// <param name="place">In [0, number of thresholds).</param>
    public RocPoint RocAt(int place) => new(_thresholds[place], (double)_falsePositives[place] / Negatives, (double)_truePositives[place] / Positives);

    private bool HasUnscorable => UnscorablePositives + UnscorableNegatives > 0;

    /// <summary>The start, a point a distinct score, the unscorable block.</summary>
    private int CurveLength => _thresholds.Length + (HasUnscorable ? 2 : 1);

    private double ComputeAveragePrecision()
    {
        var (sum, found) = (0.0, 0);
        for (var place = 0; place < _thresholds.Length; place++)
        {
            var truePositives = _truePositives[place];
            if (truePositives == found)
                continue;
            sum += (truePositives - found) * (truePositives / (truePositives + (double)_falsePositives[place]));
            found = truePositives;
        }

        sum += UnscorablePositives * (Positives / (Positives + (double)Negatives));
        return Math.Min(1, sum / Positives);
    }

    private double ComputeRocAuc()
    {
        // Twice the number of pairs in the right order, ties counting one: a whole number.
        var (twice, found, passed) = (0L, 0L, 0L);
        for (var place = 0; place < _thresholds.Length; place++)
        {
            twice += (_falsePositives[place] - passed) * (found + _truePositives[place]);
            (found, passed) = (_truePositives[place], _falsePositives[place]);
        }

        twice += UnscorableNegatives * (found + Positives);
        return twice / (2.0 * Positives * Negatives);
    }
}
