using LogprobDashboard.Web.Layout;
using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Web.Runs;

/// <summary>What a start would cost, in sentences that say only what was counted.</summary>
internal static class CostWords
{
    public static string Headline(RunCost cost)
    {
        if (cost.Calls == 0)
            return cost.Unusable > 0 && cost.FromCache == 0 ? "No call to make: no prompt can be filled in." : "No call to make: every answer is stored already.";
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

    /// <summary>What the calls take in all; null where there is none, or nothing to tell it by.</summary>
    public static string? Tokens(RunCost cost) => cost.Tokens is not { } tokens ? null
        : $"About {BudgetWords.Tokens(tokens.PromptTokens + tokens.CompletionTokens)} tokens{(tokens.Cost is { } money ? $", {BudgetWords.Money(money)} in money" : "")}, by estimate.";

    /// <summary>What the estimate rests on.</summary>
    public static IEnumerable<string> TokenDetails(RunCost cost)
    {
        if (cost.Tokens is not { } tokens)
            yield break;
        yield return $"{BudgetWords.Tokens(tokens.PromptTokens)} of prompts, {Basis(cost, tokens)}.";
        yield return $"At most {BudgetWords.Tokens(tokens.CompletionTokens)} of answers.";
        if (tokens.Cost is not null)
            yield return "Money at the endpoint's prices, in their unit.";
    }

    /// <summary>Where runs would pause before their end; nothing where the budget will do, or nobody can tell.</summary>
    public static IEnumerable<string> Pauses(RunCost cost, long? maxTokens, double? maxCost)
    {
        foreach (var variant in cost.Variants)
        {
            if (variant.Tokens is not { } tokens)
                continue;
            var share = Math.Min(
                maxTokens is { } most ? (double)most / (tokens.PromptTokens + tokens.CompletionTokens) : 1,
                maxCost is { } limit && tokens.Cost is > 0 and var money ? limit / money : 1);
            if (share < 1)
                yield return $"{variant.Name} v{variant.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)} would pause after about {Figures.Count((int)Math.Round(share * variant.Calls))} of its {Figures.Count(variant.Calls, "call", "calls")}: the budget is used up then.";
        }
    }

    /// <summary>Null where no earlier run tells.</summary>
    public static string? Forecast(RunCost cost) => cost.Forecast is not { } forecast ? null
        : $"{DurationWords.About(forecast.Seconds, "About", "Less than a second")} if calls take {Figures.Count((int)Math.Ceiling(forecast.CallMilliseconds))} ms as they did in {forecast.BasedOnRun} ({Figures.Count(forecast.BasedOnCalls)} calls) and the endpoint's limits are used to the full.";

    private static string Basis(RunCost cost, TokenForecast tokens) => tokens.Basis switch
    {
        TokenBasis.Counted => $"counted with {tokens.BasedOn}{Part(cost, tokens)}",
        TokenBasis.Measured => $"as many a call as in {tokens.BasedOn} ({Figures.Count(tokens.Counted, "call", "calls")})",
        _ => $"counted with {tokens.BasedOn}{Part(cost, tokens)}, a stand-in: how {cost.Model} itself counts is not known here",
    };

    private static string Part(RunCost cost, TokenForecast tokens) => tokens.Counted < cost.Calls ? $" on {Figures.Count(tokens.Counted)} of them, chosen at random" : "";
}
