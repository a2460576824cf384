namespace LogprobDashboard.Analysis.Calibration;

internal static class LogProbabilities
{
    /// <summary>Subtracts ln of the sum of e^x, so that the probabilities of one sample sum to 1.</summary>
    public static void Normalise(Span<double> logProbabilities)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in logProbabilities)
            largest = Math.Max(largest, value);
        var sum = 0.0;
        foreach (var value in logProbabilities)
            sum += Math.Exp(value - largest);
        var whole = largest + Math.Log(sum);
        foreach (ref var value in logProbabilities)
            value -= whole;
    }
}
