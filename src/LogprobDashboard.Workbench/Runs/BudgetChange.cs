using System.Text.Json.Serialization;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>New limits of a run. What is left out stays as it is; null takes a limit away.</summary>
public sealed record BudgetChange
{
    /// <summary>Tokens of prompts and answers, what was used before included, at which the run pauses.</summary>
    public long? MaxTokens
    {
        get;
        init
        {
            field = value;
            ChangesTokens = true;
        }
    }

    /// <summary>Money at which the run pauses, in the unit of the endpoint's prices.</summary>
    public double? MaxCost
    {
        get;
        init
        {
            field = value;
            ChangesCost = true;
        }
    }

    [JsonIgnore]
    internal bool ChangesTokens { get; private init; }

    [JsonIgnore]
    internal bool ChangesCost { get; private init; }
}

/// <summary>Which limits a run may have.</summary>
internal static class BudgetRules
{
    /// <exception cref="UserErrorException">A limit that no run can have; the field is named.</exception>
    public static void Check(long? maxTokens, double? maxCost, EndpointEntity? endpoint)
    {
        if (maxTokens is <= 0)
            throw UserErrorException.Field("maxTokens", "A token budget must be at least 1.", "Leave it out for no limit.");
        if (maxCost is { } cost && !(double.IsFinite(cost) && cost > 0))
            throw UserErrorException.Field("maxCost", "A limit on money must be above 0.", "Leave it out for no limit.");
        if (maxCost is not null && endpoint is not null && TokenPrices.Of(endpoint.PromptTokenPrice, endpoint.CompletionTokenPrice) is null)
            throw UserErrorException.Field("maxCost", $"The endpoint \"{endpoint.Name}\" has no prices, so nobody can tell when the money is spent.", "Set promptTokenPrice and completionTokenPrice at the endpoint, or limit the tokens instead.");
    }
}
