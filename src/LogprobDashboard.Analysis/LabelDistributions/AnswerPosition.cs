namespace LogprobDashboard.Analysis.LabelDistributions;

/// <summary>One generated position: the token that the server chose and the alternatives that it listed.</summary>
/// <param name="Chosen">The generated token; it may or may not stand in <paramref name="TopLogprobs"/>. Where a source does not tell, pass the likeliest listed
/// token.</param>
/// <param name="TopLogprobs">The server's <c>top_logprobs</c>, in any order, duplicates allowed; empty where none were sent.</param>
public sealed record AnswerPosition(TokenLogprob Chosen, IReadOnlyList<TokenLogprob> TopLogprobs);
