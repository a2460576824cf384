using LogprobDashboard.Web.Layout;

namespace LogprobDashboard.Web.Compare;

/// <summary>A threshold is told as log odds and as the probability beside them, always together.</summary>
public static class ThresholdWords
{
    public static double Probability(double threshold) => 1 / (1 + Math.Exp(-threshold));

    /// <summary>"log odds 7.08 · p 0.9992".</summary>
    public static string Of(double threshold) => $"log odds {Figures.LogOdds(threshold)} · p {Figures.Probability(Probability(threshold))}";

    /// <summary>"log odds 7.08 (p 0.9992)", in a sentence.</summary>
    public static string InSentence(double threshold) => $"log odds {Figures.LogOdds(threshold)} (p {Figures.Probability(Probability(threshold))})";
}
