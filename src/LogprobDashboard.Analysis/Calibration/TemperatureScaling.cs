namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// One number that all log probabilities are divided by before they are normalised again: p'(y) proportional to p(y)^(1/T), by maximum likelihood (Guo and others 2017).
/// Above 1 it makes answers less sure. The likelihood is concave in 1/T, which is looked for in [0.001, 1000]; where every predicted label is right the end is reached.
/// </summary>
/// <param name="Temperature">T, in [0.001, 1000].</param>
public sealed record TemperatureScaling(double Temperature)
{
    private const double Least = 1e-3;
    private const double Most = 1e3;
    private const double Flat = 1e-12;
    private const int MostSteps = 200;

    /// <summary>Fits a temperature. Null without a sample.</summary>
    /// <param name="logProbabilities">ln p, sample by sample, one for each label; finite.</param>
    /// <param name="labelCount">2 or more.</param>
    /// <param name="trueLabels">Each sample's label, in [0, labelCount).</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static TemperatureScaling? Fit(ReadOnlySpan<double> logProbabilities, int labelCount, ReadOnlySpan<int> trueLabels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        if (logProbabilities.Length != (long)labelCount * trueLabels.Length)
            throw new ArgumentException("There must be one log probability for each sample and label.", nameof(logProbabilities));
        if (trueLabels.IsEmpty)
            return null;

        // Newton in beta = 1/T within a bracket; a step that leaves the bracket halves it.
        var (low, high, beta) = (1 / Most, 1 / Least, 1.0);
        for (var step = 0; step < MostSteps && high - low > 1e-14 * beta; step++)
        {
            var (slope, curvature) = Derivatives(logProbabilities, labelCount, trueLabels, beta);
            var isFlat = slope == 0 && curvature < Flat; // every answer right, and nothing left to gain that doubles can show
            if (slope == 0 && !isFlat)
                break;
            (low, high) = slope < 0 || isFlat ? (beta, high) : (low, beta);
            var next = beta - (slope / curvature);
            next = next > low && next < high ? next : double.IsFinite(next) && high / low > 4 ? Math.Sqrt(low * high) : (low + high) / 2;
            if (Math.Abs(next - beta) <= 1e-15 * beta)
                break;
            beta = next;
        }

        return new(1 / beta);
    }

    /// <summary>ln p' of every sample and label, normalised.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Apply(ReadOnlySpan<double> logProbabilities, int labelCount, Span<double> scaled)
    {
        if (scaled.Length != logProbabilities.Length || logProbabilities.Length % labelCount != 0)
            throw new ArgumentException("There must be one log probability for each sample and label.", nameof(scaled));
        for (var at = 0; at < logProbabilities.Length; at++)
            scaled[at] = logProbabilities[at] / Temperature;
        for (var start = 0; start < scaled.Length; start += labelCount)
            LogProbabilities.Normalise(scaled.Slice(start, labelCount));
    }

    /// <summary>Of the negative log likelihood by beta: sum of E[ln p] - ln p(true), and sum of Var[ln p], under p^beta.</summary>
    private static (double Slope, double Curvature) Derivatives(ReadOnlySpan<double> logProbabilities, int labelCount, ReadOnlySpan<int> trueLabels, double beta)
    {
        var (slope, curvature) = (0.0, 0.0);
        for (var sample = 0; sample < trueLabels.Length; sample++)
        {
            var ofSample = logProbabilities.Slice(sample * labelCount, labelCount);
            var largest = double.NegativeInfinity;
            foreach (var value in ofSample)
                largest = Math.Max(largest, value);
            double total = 0, first = 0, second = 0;
            foreach (var value in ofSample)
            {
                var weight = Math.Exp(beta * (value - largest));
                total += weight;
                first += weight * (value - largest);
                second += weight * (value - largest) * (value - largest);
            }

            var mean = first / total;
            slope += mean + largest - ofSample[trueLabels[sample]];
            curvature += Math.Max(0, (second / total) - (mean * mean));
        }

        return (slope, curvature);
    }
}
