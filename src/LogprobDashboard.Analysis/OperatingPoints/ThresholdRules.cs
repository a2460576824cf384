using System.Globalization;

using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.OperatingPoints;

/// <summary>The highest F-beta, compared exactly: as fractions (1 + b²) TP / (TP + FP + b² P), not as rounded quotients. Not satisfied without a positive or
/// without a score.</summary>
public sealed record MaxFBeta : ThresholdRule
{
    /// <param name="beta">In (0, 1000]; above 1 leans to recall. At most six decimals count exactly.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is out of range.</exception>
    public MaxFBeta(double beta = 1) => Beta = RuleNumbers.Between(beta, 1e-6, 1000, nameof(beta));

    /// <summary>b, in (0, 1000].</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    public override OperatingPoint? Choose(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        if (ranked.Positives == 0)
            return null;
        var squaredBeta = (decimal)Beta * (decimal)Beta;
        return AtOrNull(ranked, Best(ranked, FindsMore, (place, best) => Compare(ranked, place, best, squaredBeta) > 0));

        // A threshold that finds no more positives than the one above it is no better.
        bool FindsMore(int place) => place == 0 || ranked.TruePositives[place] > ranked.TruePositives[place - 1];
    }

    private protected override string Format() =>
        Beta == 1 ? "maxF1" : string.Create(CultureInfo.InvariantCulture, $"maxFBeta:{Beta}");

    /// <summary>F = (1 + b²) TP / (flagged + b² P): the sign of the difference of two, multiplied out.</summary>
    private static int Compare(RankedScores ranked, int first, int second, decimal squaredBeta)
    {
        long firstFound = ranked.TruePositives[first], secondFound = ranked.TruePositives[second];
        var crossed = (firstFound * Flagged(ranked, second)) - (secondFound * Flagged(ranked, first));
        return (crossed + (squaredBeta * ranked.Positives * (firstFound - secondFound))).CompareTo(0);
    }
}

/// <summary>The highest recall with a precision of at least x. Not satisfied where no threshold has that precision, or without a positive.</summary>
public sealed record PrecisionAtLeast : ThresholdRule
{
    /// <param name="precision">x, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is out of range.</exception>
    public PrecisionAtLeast(double precision) => Precision = RuleNumbers.Between(precision, 0, 1, nameof(precision));

    /// <summary>x, in [0, 1].</summary>
    public double Precision { get; }

    /// <inheritdoc/>
    public override OperatingPoint? Choose(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        if (ranked.Positives == 0)
            return null;
        return AtOrNull(ranked, Best(
            ranked,
            place => (double)ranked.TruePositives[place] / Flagged(ranked, place) >= Precision,
            (place, best) => ranked.TruePositives[place] > ranked.TruePositives[best]));
    }

    private protected override string Format() => string.Create(CultureInfo.InvariantCulture, $"precision:{Precision}");
}

/// <summary>The highest precision with a recall of at least x. Not satisfied where no threshold has that recall (unscorable positives are never found), or
/// without a positive.</summary>
public sealed record RecallAtLeast : ThresholdRule
{
    /// <param name="recall">x, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="recall"/> is out of range.</exception>
    public RecallAtLeast(double recall) => Recall = RuleNumbers.Between(recall, 0, 1, nameof(recall));

    /// <summary>x, in [0, 1].</summary>
    public double Recall { get; }

    /// <inheritdoc/>
    public override OperatingPoint? Choose(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        if (ranked.Positives == 0)
            return null;
        return AtOrNull(ranked, Best(
            ranked,
            place => (double)ranked.TruePositives[place] / ranked.Positives >= Recall,
            (place, best) => ranked.TruePositives[place] * Flagged(ranked, best) > ranked.TruePositives[best] * Flagged(ranked, place)));
    }

    private protected override string Format() => string.Create(CultureInfo.InvariantCulture, $"recall:{Recall}");
}

/// <summary>The least cost, (cost of a false positive) FP + (cost of a false negative) (FN + UP). "Flag none" is allowed and, as the highest threshold of all,
/// wins a tie; so the rule is always satisfied.</summary>
public sealed record LeastCost : ThresholdRule
{
    /// <param name="falsePositive">What a false positive costs, in [0, 1e9].</param>
    /// <param name="falseNegative">What a false negative costs, in [0, 1e9].</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is out of range, or both are 0.</exception>
    public LeastCost(double falsePositive, double falseNegative)
    {
        FalsePositive = RuleNumbers.Between(falsePositive, 0, 1e9, nameof(falsePositive));
        FalseNegative = RuleNumbers.Between(falseNegative, 0, 1e9, nameof(falseNegative));
        if (falsePositive == 0 && falseNegative == 0)
            throw new ArgumentOutOfRangeException(nameof(falseNegative), falseNegative, "One of both costs must be above 0.");
    }

    /// <summary>What a false positive costs.</summary>
    public double FalsePositive { get; }

    /// <summary>What a false negative costs.</summary>
    public double FalseNegative { get; }

    /// <inheritdoc/>
    public override OperatingPoint? Choose(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var (perFalsePositive, perFalseNegative) = ((decimal)FalsePositive, (decimal)FalseNegative);
        var (best, least) = (-1, perFalseNegative * ranked.Positives);
        for (var place = 0; place < ranked.Thresholds.Count; place++)
        {
            var cost = (perFalsePositive * ranked.FalsePositives[place]) + (perFalseNegative * (ranked.Positives - ranked.TruePositives[place]));
            if (cost < least)
                (best, least) = (place, cost);
        }

        return OperatingPoint.AtPlace(ranked, best);
    }

    private protected override string Format() => string.Create(CultureInfo.InvariantCulture, $"cost:{FalsePositive},{FalseNegative}");
}

/// <summary>The largest share of all samples predicted positive that is at most q. "Flag none" is allowed, so the rule is always satisfied.</summary>
public sealed record RateAtMost : ThresholdRule
{
    /// <param name="rate">q, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is out of range.</exception>
    public RateAtMost(double rate) => Rate = RuleNumbers.Between(rate, 0, 1, nameof(rate));

    /// <summary>q, in [0, 1].</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override OperatingPoint? Choose(RankedScores ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var total = ranked.Positives + (double)ranked.Negatives;
        return OperatingPoint.AtPlace(ranked, Best(ranked, place => Flagged(ranked, place) / total <= Rate, (_, _) => true));
    }

    private protected override string Format() => string.Create(CultureInfo.InvariantCulture, $"rate:{Rate}");
}
