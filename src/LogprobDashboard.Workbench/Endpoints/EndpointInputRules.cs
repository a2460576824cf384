using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>Says what is wrong with an endpoint as it was typed, all fields at once.</summary>
internal static class EndpointInputRules
{
    /// <summary>Request fields that the product sets itself.</summary>
    private static readonly string[] OwnFields = ["messages", "model", "stream", "n", "max_tokens", "max_completion_tokens"];

    public static CallSettings Check(EndpointInput input, BuiltInServers builtIn)
    {
        var errors = new Dictionary<string, string[]>();
        Require("name", !string.IsNullOrWhiteSpace(input.Name), "Give the endpoint a name.");
        Require("model", !string.IsNullOrWhiteSpace(input.Model), "Name the model as the server calls it.");
        Require("apiKey", string.IsNullOrEmpty(input.ApiKey) || IsKey(input.ApiKey.Trim()), "A key has only visible ASCII characters: check what was pasted.");
        Require("baseUrl", input.BaseUrl?.TrimEnd('/').EndsWith("/chat/completions", StringComparison.OrdinalIgnoreCase) != true, "Leave /chat/completions off: the base URL ends before it.");
        Require("baseUrl", IsBaseUrl(input.BaseUrl, builtIn), "Give an absolute http or https address with the version segment and no user name or query, as in http://localhost:11434/v1.");
        InRange("topLogprobs", input.TopLogprobs, 1, 100);
        InRange("maxConcurrency", input.MaxConcurrency, 1, 1024);
        InRange("requestsPerMinute", input.RequestsPerMinute, 1, 10_000_000);
        InRange("tokensPerMinute", input.TokensPerMinute, 1, int.MaxValue);
        InRange("timeoutSeconds", input.TimeoutSeconds, 1, 3600);
        InRange("answerTokens", input.AnswerTokens, 1, 256);
        Require("temperature", input.Temperature is null or (>= 0 and <= 2), "Use a number from 0 to 2, or leave it out.");
        Require("promptTokenPrice", IsPrice(input.PromptTokenPrice), "Give the money for a million tokens, 0 or more, or leave it out.");
        Require("completionTokenPrice", IsPrice(input.CompletionTokenPrice), "Give the money for a million tokens, 0 or more, or leave it out.");
        Require("outputLimitField", input.OutputLimitField is null || Enum.IsDefined(input.OutputLimitField.Value), "Use maxTokens or maxCompletionTokens.");
        Require("extraBody", input.ExtraBody?.TryGetPropertyValue("logprobs", out var logprobs) != true || logprobs?.GetValueKind() is JsonValueKind.True or JsonValueKind.Number, "Leave logprobs as they are: without them nothing can be measured.");
        var own = OwnFields.Where(field => input.ExtraBody?.ContainsKey(field) == true).ToList();
        Require("extraBody", own.Count == 0, $"Take out {string.Join(", ", own)}: the product sets it itself.");
        if (errors.Count > 0)
            throw new UserErrorException(UserErrorKind.Impossible, "The endpoint cannot be saved as it is.", string.Join(" ", errors.Values.SelectMany(messages => messages)), errors);
        return new CallSettings(
            input.BaseUrl!.Trim().TrimEnd('/'),
            input.Model!.Trim(),
            input.TopLogprobs ?? EndpointDefaults.TopLogprobs,
            input.TimeoutSeconds ?? EndpointDefaults.TimeoutSeconds,
            input.AnswerTokens ?? EndpointDefaults.AnswerTokens,
            input.OutputLimitField ?? OutputLimitField.MaxTokens,
            input.Temperature,
            input.ExtraBody is { Count: > 0 } extra ? (JsonObject)extra.DeepClone() : null);

        void Require(string field, bool holds, string message)
        {
            if (!holds)
                errors.TryAdd(field, [message]);
        }

        void InRange(string field, int? value, int low, int high) =>
            Require(field, value is null || (value >= low && value <= high), FormattableString.Invariant($"{field} must be from {low} to {high}."));
    }

    public static void RefuseTwoKeys(EndpointInput input)
    {
        if (!string.IsNullOrEmpty(input.ApiKey) && !string.IsNullOrWhiteSpace(input.ApiKeyVariable))
            throw UserErrorException.Field("apiKeyVariable", "Both a key and an environment variable were given.", "Give one of them.");
    }

    /// <summary>A stored key goes only to the server that it was entered for: else a changed address would be a way to read it.</summary>
    public static void RefuseToCarryTheKeyElsewhere(EndpointEntity endpoint, CallSettings settings, EndpointInput input)
    {
        if (endpoint.ProtectedApiKey is null || input.ApiKey is not null || !string.IsNullOrWhiteSpace(input.ApiKeyVariable))
            return;
        if (endpoint.Settings.Origin != settings.Origin)
            throw UserErrorException.Field("apiKey", "The address changed, and the stored key belongs to the old one.", "Enter the key for the new address, or an empty key for none.");
    }

    internal static bool IsKey(string key) => key.All(c => c is > ' ' and <= '~');

    private static bool IsPrice(double? price) => price is null or (>= 0 and <= 1_000_000_000);

    private static bool IsBaseUrl(string? text, BuiltInServers builtIn)
    {
        if (string.IsNullOrWhiteSpace(text))
            return false;
        if (builtIn.Has(text.Trim().TrimEnd('/')))
            return true;
        return Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            && uri.Scheme is ("http" or "https")
            && uri is { UserInfo: "", Query: "", Fragment: "" };
    }
}
