namespace LogprobDashboard.Workbench.Compare;

/// <summary>What decides how censoring can be narrowed.</summary>
/// <param name="AskedHere">Whether the product asked the endpoint itself: what was recorded elsewhere cannot be asked again here.</param>
/// <param name="TopLogprobs">How many alternatives were asked for.</param>
/// <param name="TopLogprobsLimit">The most that the server is known to give; null where nothing is known.</param>
/// <param name="LabelCount">How many labels compete for the alternatives.</param>
/// <param name="LongestWord">Letters of the longest label word.</param>
/// <param name="MeanUnseenMass">Of the censored samples: how much probability lies outside of the top tokens.</param>
internal sealed record CensoringFacts(bool AskedHere, int TopLogprobs, int? TopLogprobsLimit, int LabelCount, int LongestWord, double MeanUnseenMass);

/// <summary>How to narrow the range that censored labels leave to average precision, most effective first.</summary>
internal static class CensoringAdvice
{
    /// <summary>As many alternatives as most servers give.</summary>
    private const int CommonLimit = 20;

    private const double HardlyAny = 0.001;

    public static IReadOnlyList<string> Of(CensoringFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<string> advice = [];
        var most = facts.TopLogprobsLimit ?? CommonLimit;
        if (!facts.AskedHere)
            advice.Add("These log probs were recorded elsewhere: record them again with more alternatives at a position (top_logprobs), if the server gives more.");
        else if (facts.TopLogprobs < most)
            advice.Add(FormattableString.Invariant($"Raise the endpoint's top log probs from {facts.TopLogprobs} to {most}{(facts.TopLogprobsLimit is null ? ", which most servers give" : ", the most that this server is known to give")}, and run again."));
        if (facts.LongestWord > 1 && facts.LabelCount <= 26)
            advice.Add("Answer with one letter for each label (A, B, C and so on, named in the prompt and set as label words): single letters compete with fewer other tokens than words do.");
        else if (facts.LabelCount >= most)
            advice.Add(FormattableString.Invariant($"{facts.LabelCount} labels share {facts.TopLogprobs} alternatives: split the task into two questions, a coarse one first."));
        advice.Add("Say in the prompt which words may be answered, and nothing else: probability that goes to other words is what pushes labels out.");
        if (facts.MeanUnseenMass < HardlyAny)
            advice.Add("Hardly any probability is unseen: the range is narrow as it is, and a wider list would change little.");
        return advice;
    }
}
