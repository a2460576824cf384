namespace LogprobDashboard.Analysis.Calibration;

/// <summary>
/// The parts of a binary Brier score over a reliability diagram's bins (definitions, part 4): reliability - resolution + uncertainty + within bins. They add up to the score, whatever the bins.
/// </summary>
/// <param name="Reliability">Mean squared distance of a bin's mean probability from its observed rate, in [0, 1]; lower is better.</param>
/// <param name="Resolution">Mean squared distance of a bin's observed rate from the overall rate, in [0, 1/4]; higher is better.</param>
/// <param name="Uncertainty">rate (1 - rate), in [0, 1/4]: what a forecast of the overall rate would score.</param>
/// <param name="WithinBins">What the bins hide: the variance of the probabilities within a bin, less twice their covariance with the outcomes (Stephenson, Coelho and Jolliffe 2008). May be negative.</param>
public sealed record BrierParts(double Reliability, double Resolution, double Uncertainty, double WithinBins)
{
    /// <summary>The Brier score that the parts make up.</summary>
    public double Score => Reliability - Resolution + Uncertainty + WithinBins;

    /// <summary>The parts of a score. Null without a sample.</summary>
    /// <param name="diagram">The bins, over the same samples as the score.</param>
    /// <param name="score">The Brier score, of two labels.</param>
    public static BrierParts? Of(ReliabilityDiagram diagram, double? score)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        if (score is not { } whole || diagram.Bins.Count == 0)
            return null;
        var total = diagram.Bins.Sum(bin => (double)bin.Count);
        var rate = diagram.Bins.Sum(bin => bin.Count / total * bin.ObservedRate);
        var reliability = diagram.Bins.Sum(bin => bin.Count / total * Square(bin.MeanProbability - bin.ObservedRate));
        var resolution = diagram.Bins.Sum(bin => bin.Count / total * Square(bin.ObservedRate - rate));
        var uncertainty = rate * (1 - rate);
        return new(reliability, resolution, uncertainty, whole - reliability + resolution - uncertainty);
    }

    private static double Square(double value) => value * value;
}
