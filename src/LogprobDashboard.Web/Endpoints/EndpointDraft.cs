using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogprobDashboard.Workbench.Endpoints;

namespace LogprobDashboard.Web.Endpoints;

/// <summary>Where an endpoint's key comes from, as the form asks it.</summary>
public enum KeyChoice
{
    None,

    /// <summary>The one that is stored stays.</summary>
    Keep,

    Enter,

    Variable,
}

/// <summary>An endpoint as it is being typed: texts, whatever is in them, so that nothing typed is lost.</summary>
public sealed class EndpointDraft
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string _presetName = "";

    public string Name { get; set; } = "";

    public string BaseUrl { get; set; } = "";

    public string Model { get; set; } = "";

    public KeyChoice Key { get; set; }

    /// <summary>Goes in and never out: no markup holds it.</summary>
    public string ApiKey { private get; set; } = "";

    public string ApiKeyVariable { get; set; } = "";

    public string TopLogprobs { get; set; } = Number(EndpointDefaults.TopLogprobs);

    public string MaxConcurrency { get; set; } = Number(EndpointDefaults.MaxConcurrency);

    public string RequestsPerMinute { get; set; } = "";

    public string TokensPerMinute { get; set; } = "";

    public string TimeoutSeconds { get; set; } = Number(EndpointDefaults.TimeoutSeconds);

    public string AnswerTokens { get; set; } = Number(EndpointDefaults.AnswerTokens);

    public OutputLimitField OutputLimitField { get; set; }

    public string Temperature { get; set; } = "";

    public string ExtraBody { get; set; } = "";

    public string PromptTokenPrice { get; set; } = "";

    public string CompletionTokenPrice { get; set; } = "";

    public static EndpointDraft Of(EndpointRecord endpoint) => new()
    {
        Name = endpoint.Name,
        BaseUrl = endpoint.BaseUrl,
        Model = endpoint.Model,
        Key = endpoint.ApiKeyVariable is not null ? KeyChoice.Variable : endpoint.HasApiKey ? KeyChoice.Keep : KeyChoice.None,
        ApiKeyVariable = endpoint.ApiKeyVariable ?? "",
        TopLogprobs = Number(endpoint.TopLogprobs),
        MaxConcurrency = Number(endpoint.MaxConcurrency),
        RequestsPerMinute = Number(endpoint.RequestsPerMinute),
        TokensPerMinute = Number(endpoint.TokensPerMinute),
        TimeoutSeconds = Number(endpoint.TimeoutSeconds),
        AnswerTokens = Number(endpoint.AnswerTokens),
        OutputLimitField = endpoint.OutputLimitField,
        Temperature = Number(endpoint.Temperature),
        ExtraBody = endpoint.ExtraBody is { Count: > 0 } extra ? extra.ToJsonString(Indented) : "",
        PromptTokenPrice = Number(endpoint.PromptTokenPrice),
        CompletionTokenPrice = Number(endpoint.CompletionTokenPrice),
    };

    /// <summary>Fills in what the preset knows. A name that a person gave stays, and so does a key.</summary>
    public void Apply(EndpointPreset preset)
    {
        if (Name.Length == 0 || Name == _presetName)
            Name = preset.Name;
        _presetName = preset.Name;
        (BaseUrl, Model, OutputLimitField) = (preset.BaseUrl, preset.Model ?? "", preset.OutputLimitField);
        (TopLogprobs, MaxConcurrency) = (Number(preset.TopLogprobs), Number(preset.MaxConcurrency));
        ExtraBody = preset.ExtraBody is { } extra ? JsonSerializer.Serialize(extra, Indented) : "";
        if (ApiKey.Length == 0)
            Key = preset.Key == KeyNeed.Required ? KeyChoice.Enter : KeyChoice.None;
        ApiKeyVariable = preset.KeyVariable ?? "";
    }

    /// <summary>Forgets the key once it was stored.</summary>
    public void ForgetKey() => ApiKey = "";

    /// <returns>Null where a text is no number or no JSON; <paramref name="errors"/> says which, by field.</returns>
    public EndpointInput? ToInput(out IReadOnlyDictionary<string, string> errors)
    {
        var found = new Dictionary<string, string>();
        errors = found;
        var input = new EndpointInput(
            Name.Trim(),
            BaseUrl.Trim(),
            Model.Trim(),
            Key switch { KeyChoice.Enter => ApiKey.Trim(), KeyChoice.None => "", _ => null },
            Key == KeyChoice.Variable ? ApiKeyVariable.Trim() : null,
            Whole("topLogprobs", TopLogprobs),
            Whole("maxConcurrency", MaxConcurrency),
            Whole("requestsPerMinute", RequestsPerMinute),
            Whole("tokensPerMinute", TokensPerMinute),
            Whole("timeoutSeconds", TimeoutSeconds),
            Whole("answerTokens", AnswerTokens),
            OutputLimitField,
            Fraction("temperature", Temperature),
            Fields("extraBody", ExtraBody),
            Fraction("promptTokenPrice", PromptTokenPrice),
            Fraction("completionTokenPrice", CompletionTokenPrice));
        if (Key == KeyChoice.Enter && ApiKey.Trim().Length == 0)
            found["apiKey"] = "Enter the key, or choose another of the ways above.";
        if (Key == KeyChoice.Variable && ApiKeyVariable.Trim().Length == 0)
            found["apiKeyVariable"] = "Name the environment variable that holds the key.";
        return found.Count == 0 ? input : null;

        int? Whole(string field, string text)
        {
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;
            found[field] = $"\"{text.Trim()}\" is no whole number.";
            return null;
        }

        double? Fraction(string field, string text)
        {
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                return number;
            found[field] = $"\"{text.Trim()}\" is no number; the decimal sign is a point.";
            return null;
        }

        JsonObject? Fields(string field, string text)
        {
            if (string.IsNullOrWhiteSpace(text))
                return null;
            try
            {
                if (JsonNode.Parse(text) is JsonObject fields)
                    return fields;
                found[field] = "Give one JSON object: {\"field\": value}.";
            }
            catch (JsonException exception)
            {
                found[field] = FormattableString.Invariant($"This is no JSON: look at line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}.");
            }
            catch (ArgumentException)
            {
                found[field] = "A field is given twice.";
            }

            return null;
        }
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
