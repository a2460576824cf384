using LogprobDashboard.Analysis.Ranking;
using LogprobDashboard.Analysis.Resampling;

namespace LogprobDashboard.Analysis.OperatingPoints;

/// <summary>
/// A threshold chosen by a rule and judged on samples that did not choose it: chosen and judged on the same ones, a threshold looks better than it is.
/// Unscorable samples have negative infinity for a score.
/// </summary>
/// <param name="Chosen">On the samples that chose it: the holdout's other part, or all of them where it is cross-validated. Null: the rule found no threshold there.</param>
/// <param name="Judged">On samples that did not choose it; cross-validated, the counts of all folds summed, each at its own threshold, and no threshold of its own.</param>
/// <param name="Thresholds">What each choice came to: one, or one a fold; null where a fold flags none.</param>
public sealed record ValidatedChoice(OperatingPoint? Chosen, OperatingPoint? Judged, IReadOnlyList<double?> Thresholds)
{
    /// <summary>By sample: the place in <see cref="Thresholds"/> of what it is judged at; -1 where it is not judged. Empty where nothing is.</summary>
    public IReadOnlyList<int> JudgedBy { get; private init; } = [];

    /// <summary>Chooses on one part and judges on the other, held-out one; both stratified by class.</summary>
    /// <param name="rule">How the threshold is chosen.</param>
    /// <param name="scores">Finite, or negative infinity.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <param name="share">The held-out share, in (0, 1).</param>
    /// <param name="seed">Of the split.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ValidatedChoice Holdout(ThresholdRule rule, ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, double share, long seed)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var held = StratifiedFolds.Holdout(Classes(scores, isPositive), share, seed);
        var chosen = rule.Choose(Part(scores, isPositive, sample => !held[sample]));
        var judged = chosen is null ? null : At(Part(scores, isPositive, sample => held[sample]), chosen);
        return chosen is null ? new(null, null, []) : new(chosen, judged, [chosen.Threshold]) { JudgedBy = [.. held.Select(isHeld => isHeld ? 0 : -1)] };
    }

    /// <summary>Chooses on all folds but one and judges on that one, for each in turn. Not defined where the rule finds no threshold in a fold's absence.</summary>
    /// <param name="rule">How the threshold is chosen.</param>
    /// <param name="scores">Finite, or negative infinity.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ValidatedChoice CrossValidated(ThresholdRule rule, ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, int folds, long seed)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var foldOf = StratifiedFolds.Create(Classes(scores, isPositive), folds, seed);
        var whole = rule.Choose(Part(scores, isPositive, _ => true));
        var judged = new OperatingPoint(null, 0, 0, 0, 0, 0, 0);
        var thresholds = new List<double?>();
        for (var fold = 0; fold < folds; fold++)
        {
            var current = fold;
            if (rule.Choose(Part(scores, isPositive, sample => foldOf[sample] != current)) is not { } chosen)
                return new(whole, null, []);
            judged = Sum(judged, At(Part(scores, isPositive, sample => foldOf[sample] == current), chosen));
            thresholds.Add(chosen.Threshold);
        }

        return new(whole, judged, thresholds) { JudgedBy = foldOf };
    }

    private static OperatingPoint At(RankedScores ranked, OperatingPoint chosen) =>
        chosen.Threshold is { } threshold ? OperatingPoint.At(ranked, threshold) : OperatingPoint.FlagNone(ranked);

    private static OperatingPoint Sum(OperatingPoint a, OperatingPoint b) => new(
        null,
        a.TruePositives + b.TruePositives,
        a.FalsePositives + b.FalsePositives,
        a.TrueNegatives + b.TrueNegatives,
        a.FalseNegatives + b.FalseNegatives,
        a.UnscorablePositives + b.UnscorablePositives,
        a.UnscorableNegatives + b.UnscorableNegatives);

    private static int[] Classes(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive)
    {
        if (scores.Length != isPositive.Length)
            throw new ArgumentException("There must be as many scores and labels.", nameof(isPositive));
        var classes = new int[scores.Length];
        for (var sample = 0; sample < classes.Length; sample++)
            classes[sample] = isPositive[sample] ? 1 : 0;
        return classes;
    }

    private static RankedScores Part(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, Func<int, bool> isIn)
    {
        var (chosen, positive) = (new List<double>(scores.Length), new List<bool>(scores.Length));
        var (unscorablePositives, unscorableNegatives) = (0, 0);
        for (var sample = 0; sample < scores.Length; sample++)
        {
            if (!isIn(sample))
                continue;
            if (double.IsNegativeInfinity(scores[sample]))
            {
                _ = isPositive[sample] ? unscorablePositives++ : unscorableNegatives++;
                continue;
            }

            chosen.Add(scores[sample]);
            positive.Add(isPositive[sample]);
        }

        return RankedScores.Create([.. chosen], [.. positive], unscorablePositives, unscorableNegatives);
    }
}
