using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>What a start would cost, in sentences that say only what was counted.</summary>
internal static class CostWords
{
    public static string Headline(RunCost cost)
    {
        if (cost.Calls == 0)
            return cost.Unusable > 0 && cost.FromCache == 0 ? "No calls: no prompt can be filled in." : "No calls: every answer is known.";
        return $"{(cost.Unchecked > 0 ? "At most " : "")}{Figures.Count(cost.Calls, "call", "calls")} to {cost.Model}.";
    }

    public static IEnumerable<string> Details(RunCost cost)
    {
        yield return $"{Figures.Count(cost.SamplesPerVariant, "sample", "samples")} for {(cost.Variants.Count == 1 ? "1 variant" : $"each of {Figures.Count(cost.Variants.Count)} variants")}.";
        if (cost.FromCache > 0)
            yield return $"{Figures.Count(cost.FromCache, "is", "are")} answered from the cache.";
        if (cost.Duplicates > 0)
            yield return $"{Figures.Count(cost.Duplicates, "prompt is", "prompts are")} the same as another of this start and {(cost.Duplicates == 1 ? "shares" : "share")} its call.";
        if (cost.Unusable > 0)
            yield return $"{Figures.Count(cost.Unusable, "prompt", "prompts")} cannot be filled in: {(cost.Unusable == 1 ? "it fails" : "they fail")} without a call.";
        if (cost.Unchecked > 0)
            yield return $"{Figures.Count(cost.Unchecked)} of {Figures.Count(cost.SamplesPerVariant * cost.Variants.Count)} prompts were too many to look up beforehand and are counted as calls, so it may be fewer.";
    }

    /// <summary>Null where no earlier run tells.</summary>
    public static string? Forecast(RunCost cost)
    {
        if (cost.Forecast is not { } forecast)
            return null;
        var words = $"About {DurationWords.Of(forecast.Seconds)} if calls take {Figures.Count((int)Math.Ceiling(forecast.CallMilliseconds))} ms as they did in {forecast.BasedOnRun} ({Figures.Count(forecast.BasedOnCalls)} calls) and the endpoint's limits are used to the full";
        return forecast.PromptTokens is { } tokens
            ? $"{words}; about {tokens.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} prompt tokens, by earlier runs of the same {(cost.Variants.Count == 1 ? "version" : "versions")}."
            : words + ".";
    }
}
