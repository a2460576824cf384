using System.Text.Json.Nodes;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What a person says of an endpoint. Fields left out take the defaults of <see cref="EndpointDefaults"/>.</summary>
/// <param name="ApiKey">Write-only. On a change: left out keeps the stored key, empty removes it.</param>
/// <param name="PromptTokenPrice">Money for a million tokens of prompts, in whatever currency; a run can then be limited by money.</param>
/// <param name="CompletionTokenPrice">The same for a million tokens of answers.</param>
public sealed record EndpointInput(
    string? Name,
    string? BaseUrl,
    string? Model,
    string? ApiKey = null,
    string? ApiKeyVariable = null,
    int? TopLogprobs = null,
    int? MaxConcurrency = null,
    int? RequestsPerMinute = null,
    int? TokensPerMinute = null,
    int? TimeoutSeconds = null,
    int? AnswerTokens = null,
    OutputLimitField? OutputLimitField = null,
    double? Temperature = null,
    JsonObject? ExtraBody = null,
    double? PromptTokenPrice = null,
    double? CompletionTokenPrice = null);

public static class EndpointDefaults
{
    public const int TopLogprobs = 20;
    public const int MaxConcurrency = 16;
    public const int TimeoutSeconds = 60;
    public const int AnswerTokens = 1;
}

/// <summary>An endpoint as anyone may see it: without its key. <see cref="Temperature"/> is what was given, null where the default holds; <see cref="EffectiveTemperature"/> is what is sent.</summary>
/// <param name="Probe">What the last probe found; null where these settings were never probed.</param>
public sealed record EndpointRecord(
    string Id,
    string Name,
    string BaseUrl,
    string Model,
    bool HasApiKey,
    string? ApiKeyVariable,
    int TopLogprobs,
    int MaxConcurrency,
    int? RequestsPerMinute,
    int? TokensPerMinute,
    int TimeoutSeconds,
    int AnswerTokens,
    OutputLimitField OutputLimitField,
    double? Temperature,
    double EffectiveTemperature,
    JsonObject? ExtraBody,
    DateTimeOffset CreatedAt,
    double? PromptTokenPrice = null,
    double? CompletionTokenPrice = null,
    EndpointProbe? Probe = null)
{
    /// <summary>What these settings are known to run into at this server.</summary>
    public IReadOnlyList<string> Warnings => EndpointWarnings.Of(BaseUrl, TopLogprobs);
}
