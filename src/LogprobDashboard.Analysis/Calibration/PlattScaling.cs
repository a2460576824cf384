namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// A sigmoid from scores to probabilities, p = 1 / (1 + e^-(slope s + intercept)), by maximum likelihood with Platt's smoothed targets (Platt 1999):
/// (P + 1) / (P + 2) for positives, 1 / (N + 2) for negatives. Fitted by Newton's method with backtracking (Lin, Lin and Weng 2007).
/// </summary>
/// <param name="Slope">How steep; 1 leaves log odds as they are.</param>
/// <param name="Intercept">Log odds at score 0.</param>
public sealed record PlattScaling(double Slope, double Intercept)
{
    private const int MostSteps = 200;
    private const double Ridge = 1e-12;

    /// <summary>The calibrated probability of a score, in [0, 1].</summary>
    public double Probability(double score) => 1 / (1 + Math.Exp(-((Slope * score) + Intercept)));

    /// <summary>Fits scores to labels. Null without a positive or without a negative.</summary>
    /// <param name="scores">Log odds, finite.</param>
    /// <param name="isPositive">Whether each sample is a positive.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a score is not finite.</exception>
    public static PlattScaling? Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive)
    {
        if (scores.Length != isPositive.Length)
            throw new ArgumentException("There must be as many scores and labels.", nameof(isPositive));
        foreach (var score in scores)
            if (!double.IsFinite(score))
                throw new ArgumentException("A score must be finite.", nameof(scores));
        double positives = isPositive.Count(true), negatives = isPositive.Length - positives;
        if (positives == 0 || negatives == 0)
            return null;
        var targets = new double[scores.Length];
        for (var sample = 0; sample < targets.Length; sample++)
            targets[sample] = isPositive[sample] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        var fit = new PlattScaling(0, Math.Log((positives + 1) / (negatives + 1)));
        for (var step = 0; step < MostSteps; step++)
        {
            if (fit.Improve(scores, targets) is not { } better)
                break;
            fit = better;
        }

        return fit;
    }

    /// <summary>One Newton step, shortened until it lowers the loss; null where none does.</summary>
    private PlattScaling? Improve(ReadOnlySpan<double> scores, double[] targets)
    {
        double slope = 0, intercept = 0, ss = Ridge, si = 0, ii = Ridge;
        for (var sample = 0; sample < targets.Length; sample++)
        {
            var p = Probability(scores[sample]);
            var (error, weight) = (p - targets[sample], p * (1 - p));
            slope += error * scores[sample];
            intercept += error;
            ss += weight * scores[sample] * scores[sample];
            si += weight * scores[sample];
            ii += weight;
        }

        var determinant = (ss * ii) - (si * si);
        if (!(determinant > 0))
            return null;
        var (toSlope, toIntercept) = (-((ii * slope) - (si * intercept)) / determinant, -((ss * intercept) - (si * slope)) / determinant);
        var loss = Loss(scores, targets);
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var next = new PlattScaling(Slope + (length * toSlope), Intercept + (length * toIntercept));
            if (next.Loss(scores, targets) < loss)
                return next;
        }

        return null;
    }

    private double Loss(ReadOnlySpan<double> scores, double[] targets)
    {
        var sum = 0.0;
        for (var sample = 0; sample < targets.Length; sample++)
        {
            var logit = (Slope * scores[sample]) + Intercept;
            sum += Math.Max(logit, 0) - (logit * targets[sample]) + Math.Log(1 + Math.Exp(-Math.Abs(logit)));
        }

        return sum;
    }
}
