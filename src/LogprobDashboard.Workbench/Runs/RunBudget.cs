using System.Globalization;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What a million tokens cost at an endpoint, in the unit that its prices are given in.</summary>
internal readonly record struct TokenPrices(double Prompt, double Completion)
{
    /// <summary>Null where one of the two is not known: half a price is none.</summary>
    public static TokenPrices? Of(double? prompt, double? completion) => prompt is { } input && completion is { } output ? new TokenPrices(input, output) : null;

    public double CostOf(long promptTokens, long completionTokens) => ((Prompt * promptTokens) + (Completion * completionTokens)) / 1e6;
}

/// <summary>
/// Adds up what a run has used, before a restart and since, and says when that reaches a limit. Answers from the cache cost nothing and are not to be told to it.
/// Whoever spends looks at it before taking the next sample; calls that are on their way then still count, so the total may end a little above the limit.
/// </summary>
internal sealed class RunBudget
{
    private readonly Lock _lock = new();
    private readonly long? _maxTokens;
    private readonly double? _maxCost;
    private readonly TokenPrices? _prices;
    private long _promptTokens;
    private long _completionTokens;

    private RunBudget(long? maxTokens, double? maxCost, TokenPrices? prices, long promptTokens, long completionTokens) =>
        (_maxTokens, _maxCost, _prices, _promptTokens, _completionTokens) = (maxTokens, maxCost, prices, promptTokens, completionTokens);

    public static RunBudget Of(Run run, EndpointEntity endpoint) =>
        new(run.MaxTokens, run.MaxCost, TokenPrices.Of(endpoint.PromptTokenPrice, endpoint.CompletionTokenPrice), run.PromptTokens, run.CompletionTokens);

    public bool IsReached => Reason is not null;

    /// <summary>Why the run is to pause; null while there is something left.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
                return TokensUsedUp() ?? CostUsedUp();
        }
    }

    public void Spend(SampleOutcome outcome)
    {
        var (prompt, completion) = outcome.TokensPaid;
        Spend(prompt, completion);
    }

    /// <returns>Whether the budget is used up.</returns>
    public bool Spend(int promptTokens, int completionTokens)
    {
        lock (_lock)
        {
            _promptTokens += promptTokens;
            _completionTokens += completionTokens;
        }

        return IsReached;
    }

    private string? TokensUsedUp() =>
        _maxTokens is { } most && _promptTokens + _completionTokens >= most
            ? string.Create(CultureInfo.InvariantCulture, $"The token budget of {most:N0} is used up: {_promptTokens + _completionTokens:N0} tokens so far. Resume with a higher one, or with none.")
            : null;

    private string? CostUsedUp()
    {
        if (_maxCost is not { } most)
            return null;
        if (_prices is not { } prices)
            return string.Create(CultureInfo.InvariantCulture, $"The run may cost {most:0.######} and its endpoint has no prices any more. Set both prices at the endpoint, or resume without this limit.");
        var cost = prices.CostOf(_promptTokens, _completionTokens);
        return cost >= most
            ? string.Create(CultureInfo.InvariantCulture, $"The budget of {most:0.######} is used up: {cost:0.######} so far, at {prices.Prompt:0.######} and {prices.Completion:0.######} for a million tokens of prompts and answers. Resume with a higher one, or with none.")
            : null;
    }
}
