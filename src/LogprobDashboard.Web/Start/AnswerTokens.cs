using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Start;

/// <summary>How many answer tokens tell label words apart, as far as that can be told without the model's tokenizer.</summary>
internal static class AnswerTokens
{
    private const int CharactersOfAToken = 4;
    private const int Most = 8;

    /// <summary>One for the first that differs, one for each four characters that the words share: at least 2, at most 8.</summary>
    public static int For(IReadOnlyList<LabelWordClash> alike) =>
        alike.Count == 0 ? 2 : Math.Clamp(1 + ((alike.Max(clash => clash.CommonPrefix.Length) + CharactersOfAToken - 1) / CharactersOfAToken), 2, Most);

    /// <summary>The endpoint as it is, with another number of answer tokens; the key stays.</summary>
    public static EndpointInput Change(EndpointRecord endpoint, int tokens) => new(
        endpoint.Name,
        endpoint.BaseUrl,
        endpoint.Model,
        ApiKeyVariable: endpoint.ApiKeyVariable,
        TopLogprobs: endpoint.TopLogprobs,
        MaxConcurrency: endpoint.MaxConcurrency,
        RequestsPerMinute: endpoint.RequestsPerMinute,
        TokensPerMinute: endpoint.TokensPerMinute,
        TimeoutSeconds: endpoint.TimeoutSeconds,
        AnswerTokens: tokens,
        OutputLimitField: endpoint.OutputLimitField,
        Temperature: endpoint.Temperature,
        ExtraBody: endpoint.ExtraBody);
}
