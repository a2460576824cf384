using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>The request field that carries the limit on the answer's length. Servers ignore the one they do not know, and then write without end.</summary>
public enum OutputLimitField
{
    MaxTokens,
    MaxCompletionTokens,
}

/// <summary>All that determines a call but its messages and its key.</summary>
/// <param name="BaseUrl">Absolute, with the version segment (<c>http://localhost:11434/v1</c>), or the path of a server inside this process (<c>/demo/v1</c>).</param>
/// <param name="Model">The model's name at that server.</param>
/// <param name="TopLogprobs">How many alternatives to ask for at each position.</param>
/// <param name="TimeoutSeconds">The bound on one whole call, body included.</param>
/// <param name="AnswerTokens">How many tokens the model may generate.</param>
/// <param name="OutputLimitField">The field that <paramref name="AnswerTokens"/> is sent in.</param>
/// <param name="Temperature">Null: 1 with one answer token, else 0; see <see cref="EffectiveTemperature"/>.</param>
/// <param name="ExtraBody">Further request fields; a null takes a field out.</param>
public sealed record CallSettings(
    string BaseUrl,
    string Model,
    int TopLogprobs,
    int TimeoutSeconds,
    int AnswerTokens,
    OutputLimitField OutputLimitField,
    double? Temperature,
    JsonObject? ExtraBody)
{
    /// <summary>
    /// With one answer token nothing is sampled that matters, and at temperature 1 every server's log probs are the model's own.
    /// With more, the path has to be the likeliest.
    /// </summary>
    [JsonIgnore]
    public double EffectiveTemperature => Temperature ?? (AnswerTokens == 1 ? 1 : 0);

    /// <summary>Scheme, host and port: what a key belongs to.</summary>
    [JsonIgnore]
    internal string Origin => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var uri) && !uri.IsFile ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant() : BaseUrl;

    /// <summary>Host and port, for people; the path of a server inside this process as it is.</summary>
    [JsonIgnore]
    public string Host => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var uri) && !uri.IsFile ? uri.Authority : BaseUrl;
}

/// <summary>Where to call and with which key. Never serialised, never logged.</summary>
internal sealed record CallTarget(CallSettings Settings, string? ApiKey)
{
    public override string ToString() => $"{Settings.Model} at {Settings.Host}";
}
