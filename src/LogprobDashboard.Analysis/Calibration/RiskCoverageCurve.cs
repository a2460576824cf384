namespace LogprobDashboard.Analysis.Calibration;

/// <summary>One point of a risk-coverage curve: what comes of answering only the surest samples.</summary>
/// <param name="Certainty">Samples at least this sure are answered; null for the block of unscorable samples.</param>
/// <param name="Coverage">The share of samples answered, in (0, 1].</param>
/// <param name="Risk">The share of errors among them, in [0, 1].</param>
public sealed record RiskCoveragePoint(double? Certainty, double Coverage, double Risk);

/// <summary>
/// Selective prediction (definitions, part 4): samples by descending certainty (the log margin, or minus the entropy), errors cumulated. Ties are averaged:
/// within a tie group errors come evenly.
/// Unscorable samples stand as one last tied block, all of them errors. Immutable.
/// </summary>
public sealed class RiskCoverageCurve
{
    private RiskCoverageCurve(IReadOnlyList<RiskCoveragePoint> points, double? area, double? generalizedArea) =>
        (Points, AreaUnderRiskCoverage, GeneralizedArea) = (points, area, generalizedArea);

    /// <summary>One point a distinct certainty, by ascending coverage, and one for the unscorable block where there is one. Empty without a sample.</summary>
    public IReadOnlyList<RiskCoveragePoint> Points { get; }

    /// <summary>AURC: the mean over k = 1 … n of (errors among the k surest) / k, in [0, 1]; lower is better. Null without a sample.</summary>
    public double? AreaUnderRiskCoverage { get; }

    /// <summary>AUGRC: the mean over k = 1 … n of (errors among the k surest) / n, in [0, 1]; lower is better. Null without a sample.</summary>
    public double? GeneralizedArea { get; }

    /// <summary>Builds the curve.</summary>
    /// <param name="certainty">How sure each sample is, higher surer; finite.</param>
    /// <param name="isError">Whether each sample's predicted label is wrong.</param>
    /// <param name="unscorable">Samples without a prediction.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a certainty is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unscorable"/> is negative.</exception>
    public static RiskCoverageCurve Create(ReadOnlySpan<double> certainty, ReadOnlySpan<bool> isError, int unscorable = 0)
    {
        if (certainty.Length != isError.Length)
            throw new ArgumentException("There must be as many errors as certainties.", nameof(isError));
        ArgumentOutOfRangeException.ThrowIfNegative(unscorable);
        foreach (var value in certainty)
            if (!double.IsFinite(value))
                throw new ArgumentException("A certainty must be finite.", nameof(certainty));

        var (sorted, errors) = (certainty.ToArray(), isError.ToArray());
        Array.Sort(sorted, errors);
        var total = sorted.Length + (double)unscorable;
        var points = new List<RiskCoveragePoint>();
        var (sums, answered) = (new Sums(), 0);
        for (var start = sorted.Length - 1; start >= 0; start = sorted.Length - 1 - answered)
        {
            var (size, wrong) = (0, 0);
            while (start - size >= 0 && sorted[start - size] == sorted[start])
                wrong += errors[start - size++] ? 1 : 0;
            sums.Add(size, wrong);
            answered += size;
            points.Add(new(sorted[start] + 0.0, answered / total, sums.Risk));
        }

        if (unscorable > 0)
        {
            sums.Add(unscorable, unscorable);
            points.Add(new(null, 1, sums.Risk));
        }

        return points.Count == 0 ? new(points, null, null) : new(points, sums.OfRisks / total, sums.OfErrors / total / total);
    }

    /// <summary>Running sums over k, a tie group at a time.</summary>
    private sealed class Sums
    {
        private double _answered;
        private double _errors;

        public double OfRisks { get; private set; }

        public double OfErrors { get; private set; }

        public double Risk => _errors / _answered;

        public void Add(int size, int wrong)
        {
            var (before, share) = (_errors, (double)wrong / size);
            for (var place = 1; place <= size; place++)
            {
                var errors = before + (place * share);
                OfErrors += errors;
                OfRisks += errors / (_answered + place);
            }

            (_answered, _errors) = (_answered + size, before + wrong);
        }
    }
}
