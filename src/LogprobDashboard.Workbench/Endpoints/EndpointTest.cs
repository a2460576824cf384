using LogprobDashboard.Workbench.Runs;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>
/// What one real call brought. <paramref name="Ok"/>: an answer came, with log probs that can be used; else <paramref name="Problem"/> says what is
/// wrong and what to do.
/// </summary>
/// <param name="ServedModel">What the server says it answered with.</param>
/// <param name="Alternatives">How many alternatives came at the answer's position.</param>
/// <param name="TopLogprobs">The tokens of that position, with the word of the test question (Yes or No) that each counts for.</param>
/// <param name="Kind">Null unless the call failed.</param>
/// <param name="Advice">What to change, or to know, although it worked.</param>
public sealed record EndpointTest(
    bool Ok,
    string Model,
    string Host,
    string? ServedModel,
    bool Logprobs,
    int AskedAlternatives,
    int Alternatives,
    IReadOnlyList<TopToken> TopLogprobs,
    string? AnswerText,
    int? PromptTokens,
    double LatencyMs,
    FailureKind? Kind,
    string? Problem,
    IReadOnlyList<string> Advice);
