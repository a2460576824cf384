using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>What the likeliest first token of an answer is.</summary>
public enum FirstPosition
{
    /// <summary>It begins one of the two answers that the probe's question allows.</summary>
    Answer,

    /// <summary>It is white space or punctuation.</summary>
    WhiteSpace,

    /// <summary>The model thinks before it answers.</summary>
    Reasoning,

    /// <summary>It is a mark of the chat format, no text.</summary>
    SpecialToken,

    /// <summary>It is text, but none that was asked for.</summary>
    Other,
}

/// <summary>What a few real calls showed of an endpoint. Null: not found out, since an earlier step failed.</summary>
/// <param name="Ok">Whether runs can be made with the endpoint as it is set.</param>
/// <param name="Logprobs">Whether log probs came; false: silently left out, or refused.</param>
/// <param name="TopLogprobs">How many alternatives came at the first position.</param>
/// <param name="Model">The model that the server named in its answer.</param>
/// <param name="LatencyMs">Median over the calls that were answered, in milliseconds.</param>
/// <param name="TemperatureScalesLogprobs">Whether temperature 0 gave other log probs than temperature 1.</param>
/// <param name="Deterministic">Whether the same call twice gave the same log probs.</param>
/// <param name="Problem">Why the endpoint cannot serve; null where it can.</param>
/// <param name="Advice">Which settings to use, in sentences.</param>
public sealed record EndpointProbe(
    bool Ok,
    bool? Logprobs,
    int? TopLogprobs,
    string? Model,
    double? LatencyMs,
    bool? TemperatureScalesLogprobs,
    bool? Deterministic,
    string? Problem,
    IReadOnlyList<string> Advice,
    DateTimeOffset ProbedAt)
{
    /// <summary>Why the first call failed; null where it was answered.</summary>
    public FailureKind? Kind { get; init; }

    /// <summary>The problem may be gone by itself: the server was out of reach, busy or broken. Says nothing of the endpoint.</summary>
    public bool Passing { get; init; }

    /// <summary>How many alternatives were asked for.</summary>
    public int AskedTopLogprobs { get; init; }

    /// <summary>The likeliest token of the first position, as the server spells it.</summary>
    public string? FirstToken { get; init; }

    public FirstPosition? FirstPosition { get; init; }

    /// <summary>The largest difference of a token's log p between two equal calls.</summary>
    public double? Spread { get; init; }

    /// <summary>Whether the answer ended at the limit on its tokens.</summary>
    public bool? TokenLimitHonoured { get; init; }

    /// <summary>How many calls were made.</summary>
    public int Calls { get; init; }

    /// <summary>The alternatives at the first answer's position, with the answer (Yes or No) that each counts for.</summary>
    public IReadOnlyList<TopToken> FirstTokens { get; init; } = [];
}

/// <summary>A probe as it stands at its endpoint.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Asked">A hash of the settings and the key that were probed: an endpoint with others counts as never probed.</param>
internal sealed record StoredProbe(EndpointProbe Found, string Asked);
