namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>
/// The figures that follow from a sample's label masses alone, for masses that stand in a column. In every member <c>masses</c> holds one finite mass
/// above 0 a label (for a censored label its imputed value), two labels or more, as <see cref="LabelReader"/> gives them; they need not sum to 1.
/// </summary>
public static class LabelMasses
{
    /// <summary>The predicted label: argmax m(y); on a tie an uncensored label before a censored one, then the lower index. In [0, K).</summary>
    /// <exception cref="ArgumentException">Fewer than two masses, a mass that is not finite and above 0, or a different number of marks.</exception>
    public static int Predict(ReadOnlySpan<double> masses, ReadOnlySpan<bool> censored)
    {
        Check(masses);
        if (censored.Length != masses.Length)
            throw new ArgumentException("There must be as many censored marks as masses.", nameof(censored));

        var best = 0;
        for (var label = 1; label < masses.Length; label++)
            if (masses[label] > masses[best] || (masses[label] == masses[best] && censored[best] && !censored[label]))
                best = label;
        return best;
    }

    /// <summary>
    /// The score of a label, s(y) = ln m(y) - ln(sum of the other labels' masses): its log odds, any finite real, higher means more likely.
    /// 0 is even odds; with two labels the two scores are each other's negatives.
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than two masses, or one that is not finite and above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public static double Score(ReadOnlySpan<double> masses, int label)
    {
        Check(masses, label);
        var others = 0.0;
        for (var other = 0; other < masses.Length; other++)
            if (other != label)
                others += masses[other];
        return Math.Log(masses[label]) - Math.Log(others);
    }

    /// <summary>p(y) = m(y) / sum of m, in [0, 1]; over the labels they sum to 1.</summary>
    /// <inheritdoc cref="Score" path="/exception"/>
    public static double Probability(ReadOnlySpan<double> masses, int label)
    {
        Check(masses, label);
        return masses[label] / Sum(masses);
    }

    /// <summary>Predictive entropy H = - sum p(y) ln p(y) in nats, in [0, ln K]; higher means less sure. 0 ln 0 is 0. (scipy.stats.entropy)</summary>
    /// <inheritdoc cref="Predict" path="/exception"/>
    public static double Entropy(ReadOnlySpan<double> masses)
    {
        Check(masses);
        return EntropyOf(masses);
    }

    /// <summary>Normalised entropy H / ln K, in [0, 1]; 1 where all labels are equally likely.</summary>
    /// <inheritdoc cref="Predict" path="/exception"/>
    public static double NormalizedEntropy(ReadOnlySpan<double> masses) => Math.Min(1, Entropy(masses) / Math.Log(masses.Length));

    /// <summary>Log margin ln m(1st) - ln m(2nd), labels sorted by mass: 0 or more; lower means less sure, 0 is a tie. With two labels it is the absolute
    /// score.</summary>
    /// <inheritdoc cref="Predict" path="/exception"/>
    public static double LogMargin(ReadOnlySpan<double> masses)
    {
        Check(masses);
        var (first, second) = (0.0, 0.0);
        foreach (var mass in masses)
            (first, second) = mass > first ? (mass, first) : (first, Math.Max(second, mass));
        return Math.Log(first) - Math.Log(second);
    }

    /// <summary>
    /// The interval that a label's score can lie in once the unseen mass u is handed out: a censored label's mass lies in [0, u], an observed one's in [m, m +
    /// u].
    /// Low: this label at its lower end, every other at its upper end; high: the reverse. Low may be -infinity (the label is censored) and high +infinity (all
    /// others are):
    /// these are bounds for <c>AveragePrecisionRange</c>, not figures to show.
    /// </summary>
    /// <param name="masses">As everywhere here; a censored label's entry is not read.</param>
    /// <param name="censored">Which labels nothing matched; at least one label must not be censored.</param>
    /// <param name="unseen">u, 0 or more.</param>
    /// <param name="label">The label whose score is bounded.</param>
    /// <returns>Low at most high; both equal the score where nothing is censored and u is 0.</returns>
    /// <exception cref="ArgumentException">As <see cref="Predict"/>, or all labels are censored, or u is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public static (double Low, double High) ScoreBounds(ReadOnlySpan<double> masses, ReadOnlySpan<bool> censored, double unseen, int label)
    {
        Check(masses, label);
        if (censored.Length != masses.Length || !censored.Contains(false))
            throw new ArgumentException("There must be as many censored marks as masses, and one label that is not censored.", nameof(censored));
        if (!(unseen >= 0) || !double.IsFinite(unseen))
            throw new ArgumentException("The unseen mass must be finite and not negative.", nameof(unseen));

        var (othersLow, othersHigh) = (0.0, 0.0);
        for (var other = 0; other < masses.Length; other++)
        {
            if (other == label)
                continue;
            var lower = censored[other] ? 0 : masses[other];
            othersLow += lower;
            othersHigh += lower + unseen;
        }

        var own = censored[label] ? 0 : masses[label];
        return (Math.Log(own) - Math.Log(othersHigh), LogRatio(own + unseen, othersLow));
    }

    internal static double EntropyOf(ReadOnlySpan<double> masses)
    {
        var total = Sum(masses);
        var entropy = 0.0;
        foreach (var mass in masses)
            if (mass / total is var p and > 0)
                entropy -= p * Math.Log(p);
        return Math.Clamp(entropy, 0, Math.Log(masses.Length));
    }

    /// <summary>ln a - ln b. Both 0 cannot be: where the label is censored and nothing is unseen, another label was seen.</summary>
    private static double LogRatio(double numerator, double denominator) => Math.Log(numerator) - Math.Log(denominator);

    private static double Sum(ReadOnlySpan<double> masses)
    {
        var total = 0.0;
        foreach (var mass in masses)
            total += mass;
        return total;
    }

    private static void Check(ReadOnlySpan<double> masses, int label)
    {
        Check(masses);
        if ((uint)label >= (uint)masses.Length)
            throw new ArgumentOutOfRangeException(nameof(label), label, "There is no such label.");
    }

    private static void Check(ReadOnlySpan<double> masses)
    {
        if (masses.Length < 2)
            throw new ArgumentException("A distribution needs at least two labels.", nameof(masses));
        foreach (var mass in masses)
            if (!(mass > 0) || !double.IsFinite(mass))
                throw new ArgumentException("A mass must be finite and above 0.", nameof(masses));
    }
}
