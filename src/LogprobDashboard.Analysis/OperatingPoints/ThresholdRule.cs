using LogprobDashboard.Analysis.Ranking;

namespace LogprobDashboard.Analysis.OperatingPoints;

/// <summary>
/// A rule that picks one of a ranking's thresholds (definitions, part 3); on a tie the higher threshold. Only scores are thresholds: the block of unscorable
/// samples cannot be picked. As text:
/// <c>maxF1</c>, <c>maxFBeta:2</c>, <c>precision:0.95</c>, <c>recall:0.9</c>, <c>cost:1,5</c>, <c>rate:0.05</c>.
/// </summary>
public abstract record ThresholdRule
{
    private protected ThresholdRule()
    {
    }

    /// <summary>Picks the operating point; null where no threshold satisfies the rule.</summary>
    public abstract OperatingPoint? Choose(RankedScores ranked);

    /// <summary>The rule as text that <see cref="TryParse"/> reads back, invariant culture.</summary>
    public sealed override string ToString() => Format();

    /// <summary>Reads a rule; numbers in invariant culture. Names are read without regard to case.</summary>
    /// <param name="text">For instance <c>precision:0.95</c>.</param>
    /// <param name="rule">The rule, null where the text is none.</param>
    /// <param name="problem">What is wrong, in a sentence that tells what is allowed; null where nothing is.</param>
    public static bool TryParse(string? text, out ThresholdRule? rule, out string? problem) => ThresholdRuleText.TryParse(text, out rule, out problem);

    private protected abstract string Format();

    /// <summary>The best place of a ranking by a comparison, going from the highest threshold to the lowest; -1 where none is allowed.</summary>
    private protected static int Best(RankedScores ranked, Func<int, bool> isAllowed, Func<int, int, bool> isBetter)
    {
        var best = -1;
        for (var place = 0; place < ranked.Thresholds.Count; place++)
            if (isAllowed(place) && (best < 0 || isBetter(place, best)))
                best = place;
        return best;
    }

    private protected static OperatingPoint? AtOrNull(RankedScores ranked, int place) => place < 0 ? null : OperatingPoint.AtPlace(ranked, place);

    private protected static long Flagged(RankedScores ranked, int place) => ranked.TruePositives[place] + (long)ranked.FalsePositives[place];
}
