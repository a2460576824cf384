using System.Text.Json;

namespace LogprobDashboard.Workbench.Endpoints;

public enum KeyNeed
{
    /// <summary>The server takes no key.</summary>
    None,

    /// <summary>The server can be started with or without one.</summary>
    Optional,

    Required,
}

/// <summary>
/// What is known of a kind of server, to fill an endpoint's form with. All of it can be changed there.
/// </summary>
/// <param name="BaseUrl">With <c>YOUR-…</c> where a person's own name goes.</param>
/// <param name="Model">A name to begin with; null where only the person knows.</param>
/// <param name="ModelHint">Where the model's name is found.</param>
/// <param name="KeyVariable">The environment variable that usually holds the key.</param>
/// <param name="TopLogprobsLimit">The most alternatives that the server gives at a position.</param>
/// <param name="ExtraBody">Request fields that this server needs; a null takes a field out.</param>
/// <param name="Hints">What a person should know before the first run.</param>
public sealed record EndpointPreset(
    string Id,
    string Name,
    string BaseUrl,
    string? Model,
    string ModelHint,
    KeyNeed Key,
    string? KeyVariable,
    OutputLimitField OutputLimitField,
    int TopLogprobs,
    int TopLogprobsLimit,
    int MaxConcurrency,
    JsonElement? ExtraBody,
    IReadOnlyList<string> Hints);
